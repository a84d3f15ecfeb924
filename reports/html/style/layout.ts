export const LAYOUT: string = `
*,::before,::after{box-sizing:border-box}
html{scroll-padding-top:4.5rem;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 var(--sans);font-variant-numeric:tabular-nums;overflow-wrap:break-word}
main,.top{max-width:82rem;margin-inline:auto;padding-inline:clamp(.75rem,3vw,2.25rem)}
h1,h2,h3,h4,h5,p,ul,ol,dl,dd,pre,figure{margin:0;padding:0}
ul,ol{list-style:none}
h2{font-size:1.05rem;font-weight:650;letter-spacing:-.005em;margin-block:0 .6rem}
.outcome h4{font-size:.75rem;font-weight:600;letter-spacing:.03em;color:var(--dim);margin:1.4rem 0 .45rem}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:.2em}
a:not(:hover):not(:focus-visible){text-decoration-color:color-mix(in srgb,currentColor 35%,transparent)}
code,pre,.req,kbd{font-family:var(--mono);font-size:.92em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
[tabindex="-1"]:focus{outline:none}
[hidden]{display:none!important}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.dim{color:var(--dim)}
.v{font-weight:550;white-space:nowrap}
.v small,.v .sr{font-weight:400}
html:not(.js) .needs-js{display:none!important}
html:not(.js) a.packed{color:inherit;text-decoration:none;pointer-events:none}

.top{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1.25rem;padding-block:.8rem .7rem}
.brand{font-weight:700;color:var(--ink);text-decoration:none;letter-spacing:-.01em;margin-inline-end:auto}
.brand span{font-weight:400;color:var(--dim)}
.top nav{display:flex;gap:1rem}
.tools{display:flex;gap:.4rem}
.to-cases{position:absolute;inset-inline-start:-100vw}
.to-cases:focus{position:static}
button{font:inherit;font-size:.92em;color:var(--ink);background:var(--panel);border:1px solid var(--strong);border-radius:5px;padding:.15rem .6rem;cursor:pointer}
button:hover{border-color:var(--accent)}
button[aria-pressed=true]{background:var(--accent);border-color:var(--accent);color:var(--bg)}
kbd{border:1px solid var(--strong);border-bottom-width:2px;border-radius:4px;padding:0 .3em;font-size:.82em;color:var(--dim)}

#front>section,#front>.first{margin-block-end:2.5rem}
#overview{margin-block-end:1.75rem}
.verdict{border-inline-start:5px solid var(--dim);padding:.3rem 0 .35rem 1.1rem;margin-block:.6rem 1rem}
.verdict.good{border-color:var(--pass)}.verdict.bad{border-color:var(--fail)}.verdict.open{border-color:var(--warn)}
.verdict h1{font-size:clamp(1.35rem,1rem + 1.6vw,1.95rem);line-height:1.22;font-weight:650;letter-spacing:-.018em;text-wrap:balance;margin-block-end:.4rem;max-width:64rem}
.verdict h2{font-size:1.12rem;margin-block-end:.15rem}
.verdict p{color:var(--dim);max-width:62rem}
.verdict .partial{color:var(--warn)}
.verdict:not(:first-child) p{font-size:.92em}
p.note{background:var(--warn-tint);border-radius:6px;padding:.5rem .8rem;margin-block:.6rem;max-width:62rem}

#overview>p.note{background:none;padding:0 0 0 calc(1.1rem + 5px);margin-block:0;color:var(--dim);font-size:.92em}

.first{display:grid;gap:2rem clamp(1.5rem,4vw,3.5rem);grid-template-columns:minmax(0,1fr)}
.first>div{display:grid;grid-template-columns:minmax(0,1fr);gap:2rem;align-content:start;min-width:0}
@media (min-width:60rem){.first:not(.several){grid-template-columns:minmax(0,11fr) minmax(0,12fr)}}
.bar{display:block;width:100%;height:8px;border-radius:4px;margin-block-end:.6rem}
.group .bar{height:5px;margin:.25rem 0 0}
.scroll{overflow-x:auto;position:relative}
table{border-collapse:collapse;width:100%}
th,td{text-align:start;vertical-align:baseline;padding:.3rem .75rem .3rem 0;border-block-end:1px solid var(--line);font-weight:400}
thead th{color:var(--dim);font-size:.86em;font-weight:550;border-block-end-color:var(--strong);vertical-align:bottom}
.num{text-align:end;padding-inline:.5rem 0;white-space:nowrap}
.num.none{color:var(--dim)}
.strip thead .v{font-weight:550;display:block;line-height:1.25}
.strip thead .v::before{display:block;font-size:1.15em}
.strip .num{padding-inline:.35rem 0}
.strip td a{font-weight:600;font-size:1.05em}
.strip tbody th{white-space:nowrap}
.strip .total>*{border-block-end:0}
@media (max-width:36rem){.strip tr>:not([colspan]):last-child{display:none}.strip .num{padding-inline:.25rem 0}}
.strip .group th{font-weight:600;padding-block-start:.9rem}
.identity tbody th,.capabilities tbody th{color:var(--dim);white-space:nowrap;padding-inline-end:1.25rem}
.capabilities tbody th{white-space:normal}
.identity td{width:100%}.identity thead~tbody td{width:auto;min-width:12rem}
.identity .command{display:block}
.endpoint code{overflow-wrap:anywhere}
.differs{color:var(--warn);font-weight:600}
td.differs::before,.differs:not(td)::before{content:"≠ "}
.legend dl,#help dl{display:grid;gap:.15rem 1rem}
.legend dl>div,#help dl>div{display:grid;grid-template-columns:8rem minmax(0,1fr);gap:1rem}
.legend dd{color:var(--dim)}
`;
