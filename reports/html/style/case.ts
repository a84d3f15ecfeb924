/** Fields that mark their bytes: as many as are written out here, without script. */
const MARKED_FIELDS = 40;

const MUTUAL = Array.from({ length: MARKED_FIELDS }, (_, n) => {
  const at = `[data-f~="${n}"]`;
  return `.octets:has(tr${at}:is(:hover,:focus)) b${at},.octets:has(b:is([data-f="${n}"],[data-f$=" ${n}"]):hover) tr${at}`;
}).join(',');

export const CASE: string = `
#cases{padding-block:0 4rem}
html.js:not([data-view=case]) #cases{display:none}
html.js[data-view=case] #front{display:none}
html.js[data-view=case] #cases>article:not(.shown){display:none}
.case-nav{position:sticky;inset-block-start:0;z-index:4;background:var(--bg);display:flex;flex-wrap:wrap;align-items:center;gap:.5rem .8rem;padding-block:.6rem;border-block-end:1px solid var(--line);margin-block-end:1rem}
.case{padding-block:.4rem 1.5rem}
html:not(.js) .case{border-block-start:1px solid var(--strong);padding-block-start:1.5rem}
.case>header{margin-block-end:1.2rem}
.crumbs{color:var(--dim);font-size:.92em}
.case h2{font-size:1.25rem;font-weight:500;letter-spacing:-.01em;overflow-wrap:anywhere;line-height:1.3}
.case h2 .where{color:var(--dim)}
.case .lead{font-size:1.05rem;max-width:60rem;margin-block:.15rem .6rem}
.duties li{margin-block:.25rem;max-width:66rem}
.level{font-size:.86em;color:var(--dim);margin-inline-end:.3em}
.accepted{display:block;color:var(--dim)}
.outcome{background:var(--panel);border:1px solid var(--line);border-inline-start:4px solid var(--dim);border-radius:6px;padding:.8rem clamp(.7rem,2vw,1.25rem) 1.1rem;margin-block:.8rem}
.o-fail{border-inline-start-color:var(--fail)}.o-pass{border-inline-start-color:var(--pass)}.o-warn{border-inline-start-color:var(--warn)}
.o-error{border-inline-start-color:var(--error)}.o-inconclusive{border-inline-start-color:var(--inconclusive)}.o-observed{border-inline-start-color:var(--observed)}
.outcome h3{display:inline-flex;flex-wrap:wrap;gap:.2rem .9rem;align-items:baseline;font-size:1em;font-weight:600}
.outcome>summary{cursor:pointer}
details.outcome:not([open]){padding-block:.45rem}
.outcome.none{padding-block:.45rem;color:var(--dim)}
.took{color:var(--dim);font-weight:400;font-size:.92em}
.message{font-size:1.02em;margin-block:.5rem .4rem;max-width:66rem}
.outcome .ea{background:var(--sunk);border-radius:5px;padding:.55rem .8rem;margin-block:.3rem .5rem}
.outcome .ea:empty{display:none}
.o-warn .ea .actual dd,.o-warn .wire em,.o-warn .rule{color:var(--warn)}
.o-warn .wire li.marked{background:var(--warn-tint);box-shadow:inset 3px 0 var(--warn)}
.o-inconclusive .ea .actual dd{color:var(--inconclusive)}.o-observed .ea .actual dd,.o-skip .ea .actual dd{color:inherit}
.wire .out :is(.rule,.octets em,.octets tr.bad>*){color:var(--warn)}.wire .out .hex .bad{background:var(--warn)}
.evidence{color:var(--dim);font-size:.92em}
.steps li{display:grid;grid-template-columns:4.2rem 1.2rem minmax(0,1fr);gap:.4rem;padding-block:.1rem}
.steps .at{text-align:end;color:var(--dim)}
.steps i{font-style:normal;color:var(--pass);text-align:center}
.steps .s-failed{color:var(--fail);font-weight:550;background:var(--fail-tint);border-radius:4px}
.steps .s-failed i{color:inherit}
.steps em{display:block}
.steps em,.wire em{font-style:normal;font-weight:550;color:var(--fail)}
.steps .s-not-reached,.steps .s-not-reached i{color:var(--dim)}
.picture{margin:.3rem 0}.picture img{max-width:100%;height:auto;border:1px solid var(--line);border-radius:4px}
.findings li{padding-block:.25rem}
.command{display:grid;grid-template-columns:9rem minmax(0,1fr) auto;gap:.2rem .7rem;align-items:start;margin-block:.3rem}
.identity .command{grid-template-columns:minmax(0,1fr) auto;display:grid;margin:0}
.command code{overflow-wrap:anywhere;background:var(--sunk);border-radius:4px;padding:.1rem .4rem}
.identity .command code{background:none;padding:0}
@media (max-width:40rem){.command{grid-template-columns:minmax(0,1fr) auto}.command .dim{grid-column:1/-1}}

.wire{border:1px solid var(--line);border-radius:6px;overflow-x:clip;font-size:.93em;background:var(--bg)}
.wire-head,.wire li>div,.wire summary{display:grid;grid-template-columns:4.4rem 4.2rem repeat(var(--lanes),2.4rem) 3.2rem minmax(0,1fr) 3.6rem;align-items:stretch;column-gap:0}
.lanes-1{--lanes:1}.lanes-2{--lanes:2}.lanes-3{--lanes:3}.lanes-4{--lanes:4}.lanes-5{--lanes:5}.lanes-6{--lanes:6}.lanes-7{--lanes:7}.lanes-8{--lanes:8}
.wire-head{color:var(--dim);font-size:.88em;padding-block:.3rem;border-block-end:1px solid var(--line)}
.wire-head span:nth-child(-n+2),.wire-head span:last-child{text-align:end;padding-inline-end:.6rem}
.wire-head .lane{text-align:center}
.wire li>div>*,.wire summary>*{padding-block:.16rem}
:is(.wire li>div,.wire summary)>var{font-style:normal;text-align:end;padding-inline-end:.6rem;color:var(--dim)}
:is(.wire li>div,.wire summary)>small{font-size:.88em;text-align:end;padding-inline-end:.7rem;color:var(--dim)}
:is(.wire li>div,.wire summary)>i{font-style:normal;display:grid;place-items:center;border-inline:1px solid var(--strong);margin-inline:.45rem;line-height:1}
:is(.wire li>div,.wire summary)>i.gone{border-inline-color:transparent}
:is(.wire li>div,.wire summary)>i:not(:empty){background:linear-gradient(currentColor,currentColor) center/100% 1px no-repeat;font-size:1.05em}
.wire .out :is(div,summary)>i{color:var(--out);place-items:center end}.wire .in :is(div,summary)>i{color:var(--in);place-items:center start}
:is(.wire li>div,.wire summary)>b{font-weight:600;font-size:.76em;letter-spacing:.02em;color:var(--dim);text-align:center;align-self:baseline;padding-block:.3rem}
.wire .mqtt :is(div,summary)>b{color:var(--ink)}
:is(.wire li>div,.wire summary)>span{overflow-wrap:anywhere}
.wire .mqtt :is(div,summary)>span{font-weight:500}
.wire :is(.http,.websocket,.tcp) :is(div,summary)>span{color:var(--dim)}
.wire summary{cursor:pointer;list-style:none}
.wire summary::-webkit-details-marker{display:none}
.wire summary>span::after{content:" ›";color:var(--dim)}
.wire details[open]>summary>span::after{content:" ⌄"}
.wire summary:hover{background:var(--sunk)}
.wire li:has(>details[open]){background:var(--panel)}
.wire li.marked,.wire li.deadline:not(.note){background:var(--fail-tint)}
.wire li.marked{background:var(--fail-tint);box-shadow:inset 3px 0 var(--fail)}
.wire li.marked>div>span,.wire li.marked summary>span{color:var(--ink);font-weight:550}
.wire li.marked :is(div,summary)>:is(var,small,b){color:var(--ink)}
.wire .note>div>span{font-style:italic}
.wire .silence{display:grid;place-items:center;color:var(--dim);font-size:.9em;padding-block:.25rem;background:repeating-linear-gradient(90deg,var(--line) 0 4px,transparent 4px 9px) center/100% 1px no-repeat}
.wire .silence span{background:var(--bg);padding-inline:.7rem}
.wire .silence.long{padding-block:1.1rem}
.wire .more{color:var(--dim);text-align:center;padding-block:.3rem;font-style:italic}
.endings{border-block-start:1px solid var(--line);padding:.4rem .8rem;color:var(--dim)}
.endings b{font-weight:600;color:var(--ink)}

.octets{display:grid;gap:.4rem 1.5rem;padding:.5rem .8rem .8rem;grid-template-columns:minmax(0,1fr)}
@media (min-width:60rem){.octets{grid-template-columns:minmax(0,max-content) minmax(0,max-content);gap:.4rem 3rem;padding-inline-start:4.4rem}}
.octets table{font-size:.95em;background:none}
.octets th,.octets td{padding:.1rem .6rem .1rem .3rem;border:0}
.octets thead th{font-size:.88em}
.octets .at{color:var(--dim);text-align:end;white-space:nowrap;width:4.5rem}
.octets th.nested{padding-inline-start:1.4rem}
.octets table{width:auto;min-width:20rem}
.octets td:last-child{min-width:8rem;font-family:var(--mono);font-size:.92em;overflow-wrap:anywhere}
.octets td em{display:block;font-family:var(--sans);overflow-wrap:break-word}
.octets tr.bad>*{color:var(--fail)}
.octets tr[tabindex]:focus-visible{outline-offset:-2px}
.hex,pre.http{overflow:auto;max-height:19rem;line-height:1.55;font-size:.9em;background:var(--sunk);border-radius:5px;padding:.5rem .8rem;align-self:start}
pre.http{margin:.3rem .8rem .7rem;max-height:none;white-space:pre-wrap;overflow-wrap:anywhere}
.hex i{font-style:normal;color:var(--dim)}
.hex b{font-weight:400}
.hex .bad{background:var(--fail);color:var(--bg);font-weight:600;border-radius:2px}
.rule{color:var(--fail);padding:.1rem .3rem;font-weight:550}
${MUTUAL}{background:var(--mark);color:var(--ink)}
@media (max-width:40rem){
.wire-head,.wire li>div,.wire summary{grid-template-columns:3.3rem repeat(var(--lanes),1.5rem) 2.5rem minmax(0,1fr)}
.wire-head span:nth-child(2),.wire-head span:last-child,:is(.wire li>div,.wire summary)>small,:is(.wire li>div,.wire summary)>var:last-child{display:none}
:is(.wire li>div,.wire summary)>i{margin-inline:.15rem}
:is(.wire li>div,.wire summary)>var,.wire-head span:nth-child(1){padding-inline-end:.35rem}
.legend dl>div{grid-template-columns:7rem minmax(0,1fr)}
.octets{padding-inline:.5rem}
}

#help{border:1px solid var(--strong);border-radius:8px;background:var(--panel);color:var(--ink);max-width:34rem;padding:1.2rem 1.5rem}
#help::backdrop{background:rgb(0 0 0/.35)}
#help p{margin-block:.8rem}

@media print{
.more-violations::details-content{content-visibility:visible;block-size:auto}
body{font-size:10pt}
.top nav,.needs-js,.case-nav,.to-cases{display:none!important}
html.js #cases,html.js #cases>article{display:block!important}
html.js[data-view=case] #front{display:block}
.filter,button{display:none!important}
.scroll,.hex,.wire{overflow:visible!important;max-height:none}
.case,.violations>li,tr{break-inside:avoid-page}
.case{break-inside:auto;break-before:page}
.matrix thead th{position:static}
a{color:inherit}
.outcome{border-color:var(--strong)}
}
`;
