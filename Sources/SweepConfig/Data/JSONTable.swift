import Inference

func jsonColumns(_ bytes: ArraySlice<UInt8>, table: String) throws(TableProblem) -> [DataTable.Column] {
  throw TableProblem("JSON", fix: "not yet")
}
