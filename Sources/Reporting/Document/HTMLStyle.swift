/// How a page looks, on a phone, on a desk and on paper.
enum HTMLStyle {
  static let text = """
    :root { color-scheme: light; }
    body { margin: 0; background: #fff; color: #1c1c1c; font: 16px/1.55 system-ui, "DejaVu Sans", sans-serif; }
    main { max-width: 62rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; overflow-wrap: anywhere; }
    h1 { font-size: 1.9rem; line-height: 1.2; margin: 1.5rem 0 .5rem; }
    h2 { font-size: 1.35rem; margin: 2.5rem 0 .5rem; padding-bottom: .2rem; border-bottom: 1px solid #ddd; }
    h3 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
    p, ul { margin: .75rem 0; max-width: 46rem; }
    code, pre { font: .875em/1.45 ui-monospace, "DejaVu Sans Mono", monospace; }
    code { background: #f3f3f3; padding: .1em .3em; border-radius: 3px; }
    pre { background: #f6f6f6; padding: .75rem 1rem; overflow-x: auto; border-radius: 4px; overflow-wrap: normal; }
    pre code { background: none; padding: 0; }
    .wide { overflow-x: auto; margin: 1rem 0; }
    table { border-collapse: collapse; font-size: .875rem; line-height: 1.4; overflow-wrap: normal; }
    th, td { padding: .3rem .75rem; text-align: left; vertical-align: top; white-space: nowrap; border-bottom: 1px solid #e4e4e4; }
    th { border-bottom: 2px solid #888; }
    td.prose { white-space: normal; min-width: 12rem; }
    td.number, th.number { text-align: right; white-space: pre; font-variant-numeric: tabular-nums; }
    figure { margin: 1.5rem 0; }
    img { max-width: 100%; height: auto; display: block; }
    figcaption { font-size: .875rem; color: #444; margin-top: .4rem; max-width: 46rem; }
    summary { cursor: pointer; }
    a { color: #00528a; }
    @media print {
      main { max-width: none; padding: 0; }
      .wide, pre { overflow: visible; }
      pre { white-space: pre-wrap; }
      h2, h3 { break-after: avoid; }
      figure, tr { break-inside: avoid; }
    }
    """
}
