namespace Shop.Reconciliation.Reports.Html;

internal static class Style
{
    public const string Css = """
        :root { --ink: #14181f; --soft: #565f6e; --paper: #ffffff; --wash: #f4f6f9; --line: #d9dee6; --accent: #1d4ed8;
          --bad: #b42318; --warn: #8a5300; --good: #146c43; --missing: #c2410c; --changed: #b58100; --resurrected: #6d28d9; --same: #9fb3c8; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #a7b0be; --paper: #12151b; --wash: #1a1f28; --line: #313845;
          --accent: #8fb4ff; --bad: #ff9a8f; --warn: #f5c26b; --good: #7fd8a6; --missing: #fb923c; --changed: #eec04f; --resurrected: #b794f6; --same: #44546a; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 76rem; padding: 0 1.25rem 3rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        header { padding: 2.5rem 0 1rem; }
        .kicker { margin: 0; color: var(--soft); font-size: .875rem; letter-spacing: .04em; text-transform: uppercase; }
        h1 { margin: .25rem 0; font-size: clamp(1.75rem, 4vw, 2.75rem); line-height: 1.15; letter-spacing: -.02em; }
        h2 { margin: 2.5rem 0 .75rem; font-size: 1.375rem; letter-spacing: -.01em; }
        .lead { margin: 0; max-width: 60rem; color: var(--soft); font-size: 1.125rem; }
        .skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
        a { color: var(--accent); } :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        .cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); gap: .75rem; margin: 1rem 0; padding: 0; list-style: none; }
        .card { padding: 1rem 1.125rem; background: var(--wash); border: 1px solid var(--line); border-left: .3rem solid var(--line); border-radius: .5rem; }
        .card.bad { border-left-color: var(--bad); } .card.warn { border-left-color: var(--warn); } .card.good { border-left-color: var(--good); }
        .card b { display: block; font-size: 2rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
        .card span { color: var(--soft); } .card .what { color: var(--ink); font-weight: 600; }
        .claim { padding: .875rem 1.125rem; border: 1px solid var(--line); border-left: .3rem solid var(--good); border-radius: .5rem; }
        .claim.lower-bound { border-left-color: var(--warn); } .claim p { margin: 0; } .claim ul { margin: .375rem 0 0; padding-left: 1.125rem; }
        dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: .25rem 1.5rem; margin: 1rem 0; }
        dl div { padding: .375rem 0; border-bottom: 1px solid var(--line); } dt { color: var(--soft); font-size: .875rem; } dd { margin: 0; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; }
        table { width: 100%; border-collapse: collapse; font-size: .9375rem; } caption { padding: .5rem .75rem; color: var(--soft); text-align: left; }
        th, td { padding: .5rem .75rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; } tr:last-child > * { border-bottom: 0; }
        thead th { background: var(--wash); font-size: .8125rem; white-space: nowrap; } tbody th { font-weight: 500; }
        .number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } .none { color: var(--soft); }
        code { font: .875em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; } time { white-space: nowrap; font-variant-numeric: tabular-nums; }
        details { margin: .25rem 0; } summary { cursor: pointer; color: var(--accent); }
        .tag { display: inline-block; padding: 0 .5rem; border: 1px solid var(--warn); border-radius: 1rem; color: var(--warn); font-size: .8125rem; }
        del { color: var(--bad); text-decoration-thickness: 1px; } ins { color: var(--good); text-decoration: none; }
        figure { margin: 1rem 0; padding: 1rem; background: var(--wash); border: 1px solid var(--line); border-radius: .5rem; }
        figcaption { margin-bottom: .5rem; font-weight: 600; } svg { display: block; width: 100%; height: auto; } svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
        svg .missing { fill: var(--missing); } svg .changed { fill: var(--changed); } svg .resurrected { fill: var(--resurrected); } svg .same { fill: var(--same); } svg .differs { fill: var(--missing); }
        svg .grid { stroke: var(--line); stroke-width: .5; } svg .axis { stroke: var(--line); } svg .mark { stroke: var(--ink); stroke-dasharray: 3 3; } svg .label { fill: var(--ink); }
        .legend { margin: .5rem 0 0; color: var(--soft); font-size: .875rem; } .swatch { display: inline-block; width: .75rem; height: .75rem; margin: 0 .375rem 0 .75rem; border-radius: .2rem; }
        .legend .swatch:first-child { margin-left: 0; } .swatch.missing, .swatch.differs { background: var(--missing); } .swatch.changed { background: var(--changed); }
        .swatch.resurrected { background: var(--resurrected); } .swatch.same { background: var(--same); } .advice { margin: .5rem 0; color: var(--soft); }
        footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
        @media print { body { max-width: none; padding: 0; font-size: 10pt; } .skip { display: none; } .scroll { overflow: visible; border: 0; }
          tr, figure, .card { break-inside: avoid; } .swatch, svg * { print-color-adjust: exact; } h2 { break-after: avoid; } a { color: inherit; text-decoration: none; } }
        """;
}
