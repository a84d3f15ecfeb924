export const MATRIX: string = `
.violations{columns:2;column-gap:clamp(1.5rem,4vw,3.5rem);counter-reset:n}
@media (max-width:60rem){.violations{columns:1}}
.more-violations>summary{cursor:pointer;padding-block:.6rem;color:var(--accent)}
.violations>li{break-inside:avoid;padding:.7rem 0 .75rem;border-block-start:1px solid var(--line)}
.violations h3{font-size:1em;font-weight:600;display:flex;gap:.6rem;align-items:baseline}
.violations h3 a{font-family:var(--mono);font-size:.95em;color:var(--ink);overflow-wrap:anywhere}
.violations p{margin-block:.15rem}
.violations .where{display:flex;flex-wrap:wrap;gap:.1rem .8rem;font-size:.9em;margin-block-start:.3rem}
.ea{display:grid;gap:.1rem}
.ea>div{display:grid;grid-template-columns:5rem minmax(0,1fr);gap:.5rem}
.ea dt{color:var(--dim)}
.ea dd{overflow-wrap:anywhere}
.ea .actual dd{color:var(--fail);font-weight:550}

.filter{position:sticky;inset-block-start:0;z-index:4;display:flex;flex-wrap:wrap;align-items:center;gap:.5rem .7rem;background:var(--bg);padding-block:.6rem;border-block-end:1px solid var(--line);margin-block-end:1.5rem}
.filter label{font-weight:600}
.filter input{flex:1 1 22rem;min-width:0;font:inherit;font-family:var(--mono);font-size:.92em;color:var(--ink);background:var(--panel);border:1px solid var(--strong);border-radius:6px;padding:.35rem .6rem}
.filter input::placeholder{color:var(--dim);opacity:1}
.filter input:invalid,.filter.wrong input{border-color:var(--fail)}
.toggles{display:flex;flex-wrap:wrap;gap:.35rem}
.count,.empty{color:var(--dim);margin-block:-.4rem .5rem}

.matrix thead th{background:var(--bg)}
.matrix .section th{padding-block:1.1rem .35rem;font-weight:650;border-block-end-color:var(--strong)}
.matrix .section .tally{font-weight:400;margin-inline-start:.5rem;font-size:.92em}
.matrix .fold{background:none;border:0;padding:0;font:inherit;font-weight:650}
.matrix button.fold::before{content:"▾ ";color:var(--dim);font-size:.85em}
.matrix button.fold[aria-expanded=false]::before{content:"▸ "}
.matrix.single tbody th[scope=row]{width:48%}
@media (min-width:60rem){.matrix.single td.v{min-width:13rem}}
.matrix.single .duty{max-width:none;white-space:nowrap}
.matrix:not(.single) td.v{width:11%}
.matrix tbody th a{font-weight:550;color:var(--ink);overflow-wrap:anywhere}
.matrix .where{color:var(--dim);font-size:.86em;white-space:nowrap;margin-inline:.3rem}
.matrix .title{color:var(--dim);display:block;font-size:.92em;line-height:1.4;text-wrap:pretty}
.matrix .duty{max-width:15rem;overflow-wrap:anywhere;color:var(--dim);font-size:.9em}
.matrix td.v{white-space:normal;min-width:5.5rem}
.matrix td small{font-size:.86em;color:var(--ink);overflow-wrap:anywhere}
.matrix td.pass{font-weight:400}
.matrix .folded tr:not(.section){display:none}
.matrix tr.at>*{box-shadow:inset 0 -1px var(--accent),inset 0 1px var(--accent);background:var(--panel)}
.matrix tr:not(.section):hover>*{background:var(--panel)}
@media (min-width:60rem){
.matrix-wrap,.matrix~*{overflow:visible}
#matrix .scroll{overflow:visible}
.matrix thead th{position:sticky;inset-block-start:3.35rem;z-index:3}
html:not(.js) .matrix thead th{inset-block-start:0}
}
@media (max-width:60rem){
.matrix .duty{display:none}
.matrix:not(.single) th[scope=row]{position:sticky;inset-inline-start:0;background:var(--bg);min-width:10.5rem;z-index:2;padding-inline-end:.6rem}
.matrix:not(.single) .title{display:none}
}
@media (max-width:36rem){.filter{position:static}.matrix.single .num{display:none}.matrix .where{white-space:normal}}

.area{margin-block-end:1.2rem}
.area>summary{cursor:pointer;padding-block:.4rem;position:relative}
.area>summary h3{display:inline;font-size:1em;font-weight:650}
.area>summary .dim{margin-inline-start:.6rem}
.requirements th[scope=row]{white-space:nowrap}
.requirements td:nth-child(2){white-space:nowrap;font-size:.86em;color:var(--dim)}
.requirements td:nth-child(3){min-width:16rem}
.requirements td.cases,.requirements .untested td:last-child{font-size:.92em;min-width:8rem}
.requirements .untested>*{color:var(--dim)}
.requirements .untested td:last-child{font-style:italic}
.requirements tr:target>*{background:var(--mark)}
.requirements{font-size:.95em}
@media (max-width:36rem){
.requirements,.requirements tbody{display:block}
.requirements thead{display:none}
.requirements tr{display:block;padding-block:.5rem;border-block-end:1px solid var(--line)}
.requirements th,.requirements td{display:inline;border:0;padding:0 .5rem 0 0}
.requirements td:nth-child(3){display:block}
}
`;
