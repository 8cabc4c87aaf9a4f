import ArgumentParser
package import Exchange

extension ExchangeFormat: ExpressibleByArgument {}
extension CSVExport.Part: ExpressibleByArgument {}
