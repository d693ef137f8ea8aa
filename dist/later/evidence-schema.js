/******/ var __webpack_modules__ = ({

/***/ 807:
/***/ ((__unused_webpack_module, exports) => {


exports.i = validate52;
const pattern3 = new RegExp("^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,3})?Z$", "u");

function validate54(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate54.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(typeof data === "string"){
if(!pattern3.test(data)){
validate54.errors = [{instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,3})?Z$"}}];
return false;
}
}
else {
validate54.errors = [{instancePath}];
return false;
}
}
validate54.errors = vErrors;
return errors === 0;
}
validate54.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate56(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate56.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(typeof data !== "string"){
validate56.errors = [{instancePath}];
return false;
}
validate56.errors = vErrors;
return errors === 0;
}
validate56.evaluated = {"dynamicProps":false,"dynamicItems":false};

const pattern4 = new RegExp("^[0-9a-f]{40}(?:[0-9a-f]{24})?$", "u");

function validate53(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate53.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.kind === undefined) && (missing0 = "kind")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.at === undefined) && (missing0 = "at"))) || ((data.tool === undefined) && (missing0 = "tool"))) || ((data.commit === undefined) && (missing0 = "commit"))){
validate53.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "kind") || (key0 === "version")) || (key0 === "at")) || (key0 === "tool")) || (key0 === "commit"))){
validate53.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("header" !== data.kind){
validate53.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs3 = errors;
if(1 !== data.version){
validate53.errors = [{instancePath:instancePath+"/version"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.at !== undefined){
const _errs4 = errors;
if(!(validate54(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.tool !== undefined){
const _errs5 = errors;
if(!(validate56(data.tool, {instancePath:instancePath+"/tool",parentData:data,parentDataProperty:"tool",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.commit !== undefined){
let data4 = data.commit;
const _errs6 = errors;
const _errs7 = errors;
let valid1 = false;
const _errs8 = errors;
if(errors === _errs8){
if(typeof data4 === "string"){
if(!pattern4.test(data4)){
const err0 = {instancePath:instancePath+"/commit",schemaPath:"#/properties/commit/anyOf/0/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{40}(?:[0-9a-f]{24})?$"}};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath:instancePath+"/commit"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
var _valid0 = _errs8 === errors;
valid1 = valid1 || _valid0;
const _errs10 = errors;
if(data4 !== null){
const err2 = {instancePath:instancePath+"/commit"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid0 = _errs10 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err3 = {instancePath:instancePath+"/commit"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
validate53.errors = vErrors;
return false;
}
else {
errors = _errs7;
if(vErrors !== null){
if(_errs7){
vErrors.length = _errs7;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate53.errors = [{instancePath}];
return false;
}
}
validate53.errors = vErrors;
return errors === 0;
}
validate53.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema24 = {"type":"object","properties":{"port25":{"enum":["open","blocked","proxied","not-asked"]},"ipv6":{"enum":["open","none","not-asked"]},"resolver":{"$ref":"#/$defs/text"},"proxy":{"anyOf":[{"$ref":"#/$defs/text"},{"type":"null"}],"description":"Host and port, never credentials."},"trustAnchors":{"$ref":"#/$defs/text"},"privateNetworks":{"enum":["refused","allowed"]}},"required":["port25","ipv6","resolver","proxy","trustAnchors","privateNetworks"],"additionalProperties":false};

function validate60(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate60.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.port25 === undefined) && (missing0 = "port25")) || ((data.ipv6 === undefined) && (missing0 = "ipv6"))) || ((data.resolver === undefined) && (missing0 = "resolver"))) || ((data.proxy === undefined) && (missing0 = "proxy"))) || ((data.trustAnchors === undefined) && (missing0 = "trustAnchors"))) || ((data.privateNetworks === undefined) && (missing0 = "privateNetworks"))){
validate60.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "port25") || (key0 === "ipv6")) || (key0 === "resolver")) || (key0 === "proxy")) || (key0 === "trustAnchors")) || (key0 === "privateNetworks"))){
validate60.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.port25 !== undefined){
let data0 = data.port25;
const _errs2 = errors;
if(!((((data0 === "open") || (data0 === "blocked")) || (data0 === "proxied")) || (data0 === "not-asked"))){
validate60.errors = [{instancePath:instancePath+"/port25"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.ipv6 !== undefined){
let data1 = data.ipv6;
const _errs3 = errors;
if(!(((data1 === "open") || (data1 === "none")) || (data1 === "not-asked"))){
validate60.errors = [{instancePath:instancePath+"/ipv6"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.resolver !== undefined){
const _errs4 = errors;
if(!(validate56(data.resolver, {instancePath:instancePath+"/resolver",parentData:data,parentDataProperty:"resolver",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.proxy !== undefined){
let data3 = data.proxy;
const _errs5 = errors;
const _errs6 = errors;
let valid1 = false;
const _errs7 = errors;
if(!(validate56(data3, {instancePath:instancePath+"/proxy",parentData:data,parentDataProperty:"proxy",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var _valid0 = _errs7 === errors;
valid1 = valid1 || _valid0;
const _errs8 = errors;
if(data3 !== null){
const err0 = {instancePath:instancePath+"/proxy"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs8 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err1 = {instancePath:instancePath+"/proxy"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
validate60.errors = vErrors;
return false;
}
else {
errors = _errs6;
if(vErrors !== null){
if(_errs6){
vErrors.length = _errs6;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.trustAnchors !== undefined){
const _errs10 = errors;
if(!(validate56(data.trustAnchors, {instancePath:instancePath+"/trustAnchors",parentData:data,parentDataProperty:"trustAnchors",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.privateNetworks !== undefined){
let data5 = data.privateNetworks;
const _errs11 = errors;
if(!((data5 === "refused") || (data5 === "allowed"))){
validate60.errors = [{instancePath:instancePath+"/privateNetworks"}];
return false;
}
var valid0 = _errs11 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate60.errors = [{instancePath}];
return false;
}
}
validate60.errors = vErrors;
return errors === 0;
}
validate60.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate58(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate58.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.kind === undefined) && (missing0 = "kind")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.at === undefined) && (missing0 = "at"))) || ((data.observations === undefined) && (missing0 = "observations"))) || ((data.vantage === undefined) && (missing0 = "vantage"))){
validate58.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "kind") || (key0 === "version")) || (key0 === "at")) || (key0 === "observations")) || (key0 === "vantage"))){
validate58.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("end" !== data.kind){
validate58.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs3 = errors;
if(1 !== data.version){
validate58.errors = [{instancePath:instancePath+"/version"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.at !== undefined){
const _errs4 = errors;
if(!(validate54(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.observations !== undefined){
let data3 = data.observations;
const _errs5 = errors;
if(!(((typeof data3 == "number") && (!(data3 % 1) && !isNaN(data3))) && (isFinite(data3)))){
validate58.errors = [{instancePath:instancePath+"/observations"}];
return false;
}
if(errors === _errs5){
if((typeof data3 == "number") && (isFinite(data3))){
if(data3 < 0 || isNaN(data3)){
validate58.errors = [{instancePath:instancePath+"/observations"}];
return false;
}
}
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.vantage !== undefined){
const _errs7 = errors;
if(!(validate60(data.vantage, {instancePath:instancePath+"/vantage",parentData:data,parentDataProperty:"vantage",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate60.errors : vErrors.concat(validate60.errors);
errors = vErrors.length;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate58.errors = [{instancePath}];
return false;
}
}
validate58.errors = vErrors;
return errors === 0;
}
validate58.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema25 = {"type":"object","properties":{"kind":{"const":"txt"},"version":{"const":1},"at":{"$ref":"#/$defs/instant"},"owner":{"$ref":"#/$defs/owner"},"seen":{"type":"object","oneOf":[{"type":"object","properties":{"kind":{"const":"observed"},"value":{"type":"object","oneOf":[{"type":"object","properties":{"kind":{"const":"records"},"records":{"type":"array","items":{"$ref":"#/$defs/text"},"maxItems":10000},"cnames":{"type":"array","items":{"$ref":"#/$defs/text"},"maxItems":100},"ttl":{"type":"integer","minimum":0,"maximum":4294967295},"ttlFrom":{"enum":["authoritative","recursive"]},"differs":{"type":"array","items":{"$ref":"#/$defs/text"},"maxItems":1000}},"required":["kind","records","cnames","ttl"],"additionalProperties":false},{"$ref":"#/$defs/noData"},{"$ref":"#/$defs/noSuchName"}],"discriminator":{"propertyName":"kind"}}},"required":["kind","value"],"additionalProperties":false},{"$ref":"#/$defs/unseen"}],"discriminator":{"propertyName":"kind"}}},"required":["kind","version","at","owner","seen"],"additionalProperties":false};
const pattern5 = new RegExp("^[a-z0-9_.-]{1,280}$", "u");

function validate67(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate67.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(typeof data === "string"){
if(!pattern5.test(data)){
validate67.errors = [{instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[a-z0-9_.-]{1,280}$"}}];
return false;
}
}
else {
validate67.errors = [{instancePath}];
return false;
}
}
validate67.errors = vErrors;
return errors === 0;
}
validate67.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate73(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate73.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.kind === undefined) && (missing0 = "kind")) || ((data.cnames === undefined) && (missing0 = "cnames"))){
validate73.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "kind") || (key0 === "cnames")) || (key0 === "differs"))){
validate73.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("no-data" !== data.kind){
validate73.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.cnames !== undefined){
let data1 = data.cnames;
const _errs3 = errors;
if(errors === _errs3){
if(Array.isArray(data1)){
if(data1.length > 100){
validate73.errors = [{instancePath:instancePath+"/cnames"}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs5 = errors;
if(!(validate56(data1[i0], {instancePath:instancePath+"/cnames/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate73.errors = [{instancePath:instancePath+"/cnames"}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.differs !== undefined){
let data3 = data.differs;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data3)){
if(data3.length > 1000){
validate73.errors = [{instancePath:instancePath+"/differs"}];
return false;
}
else {
var valid2 = true;
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
const _errs8 = errors;
if(!(validate56(data3[i1], {instancePath:instancePath+"/differs/" + i1,parentData:data3,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid2 = _errs8 === errors;
if(!valid2){
break;
}
}
}
}
else {
validate73.errors = [{instancePath:instancePath+"/differs"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate73.errors = [{instancePath}];
return false;
}
}
validate73.errors = vErrors;
return errors === 0;
}
validate73.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate76(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate76.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.kind === undefined) && (missing0 = "kind")) || ((data.cnames === undefined) && (missing0 = "cnames"))){
validate76.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "kind") || (key0 === "cnames")) || (key0 === "differs"))){
validate76.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("no-such-name" !== data.kind){
validate76.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.cnames !== undefined){
let data1 = data.cnames;
const _errs3 = errors;
if(errors === _errs3){
if(Array.isArray(data1)){
if(data1.length > 100){
validate76.errors = [{instancePath:instancePath+"/cnames"}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs5 = errors;
if(!(validate56(data1[i0], {instancePath:instancePath+"/cnames/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid1 = _errs5 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate76.errors = [{instancePath:instancePath+"/cnames"}];
return false;
}
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.differs !== undefined){
let data3 = data.differs;
const _errs6 = errors;
if(errors === _errs6){
if(Array.isArray(data3)){
if(data3.length > 1000){
validate76.errors = [{instancePath:instancePath+"/differs"}];
return false;
}
else {
var valid2 = true;
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
const _errs8 = errors;
if(!(validate56(data3[i1], {instancePath:instancePath+"/differs/" + i1,parentData:data3,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid2 = _errs8 === errors;
if(!valid2){
break;
}
}
}
}
else {
validate76.errors = [{instancePath:instancePath+"/differs"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate76.errors = [{instancePath}];
return false;
}
}
validate76.errors = vErrors;
return errors === 0;
}
validate76.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema28 = {"enum":["not-asked","timed-out","deadline","server-failure","malformed","unreachable","egress-blocked","no-ipv6","not-global"]};

function validate70(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate70.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((((((((data === "not-asked") || (data === "timed-out")) || (data === "deadline")) || (data === "server-failure")) || (data === "malformed")) || (data === "unreachable")) || (data === "egress-blocked")) || (data === "no-ipv6")) || (data === "not-global"))){
validate70.errors = [{instancePath}];
return false;
}
validate70.errors = vErrors;
return errors === 0;
}
validate70.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate69(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate69.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.kind === undefined) && (missing0 = "kind")) || ((data.because === undefined) && (missing0 = "because"))){
validate69.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((key0 === "kind") || (key0 === "because")) || (key0 === "detail"))){
validate69.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("unobserved" !== data.kind){
validate69.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.because !== undefined){
const _errs3 = errors;
if(!(validate70(data.because, {instancePath:instancePath+"/because",parentData:data,parentDataProperty:"because",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.detail !== undefined){
const _errs4 = errors;
if(!(validate56(data.detail, {instancePath:instancePath+"/detail",parentData:data,parentDataProperty:"detail",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
else {
validate69.errors = [{instancePath}];
return false;
}
}
validate69.errors = vErrors;
return errors === 0;
}
validate69.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate65(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate65.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.kind === undefined) && (missing0 = "kind")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.at === undefined) && (missing0 = "at"))) || ((data.owner === undefined) && (missing0 = "owner"))) || ((data.seen === undefined) && (missing0 = "seen"))){
validate65.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "kind") || (key0 === "version")) || (key0 === "at")) || (key0 === "owner")) || (key0 === "seen"))){
validate65.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("txt" !== data.kind){
validate65.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs3 = errors;
if(1 !== data.version){
validate65.errors = [{instancePath:instancePath+"/version"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.at !== undefined){
const _errs4 = errors;
if(!(validate54(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.owner !== undefined){
const _errs5 = errors;
if(!(validate67(data.owner, {instancePath:instancePath+"/owner",parentData:data,parentDataProperty:"owner",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate67.errors : vErrors.concat(validate67.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seen !== undefined){
let data4 = data.seen;
const _errs6 = errors;
if(errors === _errs6){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
const tag0 = data4.kind;
if(typeof tag0 == "string"){
if(tag0 === "observed"){
const _errs9 = errors;
if(errors === _errs9){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((data4.kind === undefined) && (missing1 = "kind")) || ((data4.value === undefined) && (missing1 = "value"))){
validate65.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
else {
const _errs11 = errors;
for(const key1 in data4){
if(!((key1 === "kind") || (key1 === "value"))){
validate65.errors = [{instancePath:instancePath+"/seen"}];
return false;
break;
}
}
if(_errs11 === errors){
if(data4.kind !== undefined){
const _errs12 = errors;
if("observed" !== data4.kind){
validate65.errors = [{instancePath:instancePath+"/seen/kind"}];
return false;
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.value !== undefined){
let data6 = data4.value;
const _errs13 = errors;
if(errors === _errs13){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
const tag1 = data6.kind;
if(typeof tag1 == "string"){
if(tag1 === "records"){
const _errs16 = errors;
if(errors === _errs16){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing2;
if(((((data6.kind === undefined) && (missing2 = "kind")) || ((data6.records === undefined) && (missing2 = "records"))) || ((data6.cnames === undefined) && (missing2 = "cnames"))) || ((data6.ttl === undefined) && (missing2 = "ttl"))){
validate65.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
else {
const _errs18 = errors;
for(const key2 in data6){
if(!((((((key2 === "kind") || (key2 === "records")) || (key2 === "cnames")) || (key2 === "ttl")) || (key2 === "ttlFrom")) || (key2 === "differs"))){
validate65.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
break;
}
}
if(_errs18 === errors){
if(data6.kind !== undefined){
const _errs19 = errors;
if("records" !== data6.kind){
validate65.errors = [{instancePath:instancePath+"/seen/value/kind"}];
return false;
}
var valid6 = _errs19 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.records !== undefined){
let data8 = data6.records;
const _errs20 = errors;
if(errors === _errs20){
if(Array.isArray(data8)){
if(data8.length > 10000){
validate65.errors = [{instancePath:instancePath+"/seen/value/records"}];
return false;
}
else {
var valid7 = true;
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
const _errs22 = errors;
if(!(validate56(data8[i0], {instancePath:instancePath+"/seen/value/records/" + i0,parentData:data8,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid7 = _errs22 === errors;
if(!valid7){
break;
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen/value/records"}];
return false;
}
}
var valid6 = _errs20 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.cnames !== undefined){
let data10 = data6.cnames;
const _errs23 = errors;
if(errors === _errs23){
if(Array.isArray(data10)){
if(data10.length > 100){
validate65.errors = [{instancePath:instancePath+"/seen/value/cnames"}];
return false;
}
else {
var valid8 = true;
const len1 = data10.length;
for(let i1=0; i1<len1; i1++){
const _errs25 = errors;
if(!(validate56(data10[i1], {instancePath:instancePath+"/seen/value/cnames/" + i1,parentData:data10,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid8 = _errs25 === errors;
if(!valid8){
break;
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen/value/cnames"}];
return false;
}
}
var valid6 = _errs23 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.ttl !== undefined){
let data12 = data6.ttl;
const _errs26 = errors;
if(!(((typeof data12 == "number") && (!(data12 % 1) && !isNaN(data12))) && (isFinite(data12)))){
validate65.errors = [{instancePath:instancePath+"/seen/value/ttl"}];
return false;
}
if(errors === _errs26){
if((typeof data12 == "number") && (isFinite(data12))){
if(data12 > 4294967295 || isNaN(data12)){
validate65.errors = [{instancePath:instancePath+"/seen/value/ttl"}];
return false;
}
else {
if(data12 < 0 || isNaN(data12)){
validate65.errors = [{instancePath:instancePath+"/seen/value/ttl"}];
return false;
}
}
}
}
var valid6 = _errs26 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.ttlFrom !== undefined){
let data13 = data6.ttlFrom;
const _errs28 = errors;
if(!((data13 === "authoritative") || (data13 === "recursive"))){
validate65.errors = [{instancePath:instancePath+"/seen/value/ttlFrom"}];
return false;
}
var valid6 = _errs28 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.differs !== undefined){
let data14 = data6.differs;
const _errs29 = errors;
if(errors === _errs29){
if(Array.isArray(data14)){
if(data14.length > 1000){
validate65.errors = [{instancePath:instancePath+"/seen/value/differs"}];
return false;
}
else {
var valid9 = true;
const len2 = data14.length;
for(let i2=0; i2<len2; i2++){
const _errs31 = errors;
if(!(validate56(data14[i2], {instancePath:instancePath+"/seen/value/differs/" + i2,parentData:data14,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid9 = _errs31 === errors;
if(!valid9){
break;
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen/value/differs"}];
return false;
}
}
var valid6 = _errs29 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
var props0 = true;
}
else if(tag1 === "no-data"){
if(!(validate73(data6, {instancePath:instancePath+"/seen/value",parentData:data4,parentDataProperty:"value",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag1 === "no-such-name"){
if(!(validate76(data6, {instancePath:instancePath+"/seen/value",parentData:data4,parentDataProperty:"value",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
var valid3 = _errs13 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
var props1 = true;
}
else if(tag0 === "unobserved"){
if(!(validate69(data4, {instancePath:instancePath+"/seen",parentData:data,parentDataProperty:"seen",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
if(props1 !== true){
props1 = true;
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
else {
validate65.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate65.errors = [{instancePath}];
return false;
}
}
validate65.errors = vErrors;
return errors === 0;
}
validate65.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema31 = {"type":"object","properties":{"kind":{"const":"mx"},"version":{"const":1},"at":{"$ref":"#/$defs/instant"},"owner":{"$ref":"#/$defs/domainName"},"seen":{"type":"object","oneOf":[{"type":"object","properties":{"kind":{"const":"observed"},"value":{"type":"object","oneOf":[{"type":"object","properties":{"kind":{"const":"records"},"records":{"type":"array","items":{"type":"object","properties":{"host":{"$ref":"#/$defs/domainName"},"preference":{"type":"integer","minimum":0,"maximum":65535}},"required":["host","preference"],"additionalProperties":false},"maxItems":10000},"cnames":{"type":"array","items":{"$ref":"#/$defs/text"},"maxItems":100},"ttl":{"type":"integer","minimum":0,"maximum":4294967295},"ttlFrom":{"enum":["authoritative","recursive"]},"differs":{"type":"array","items":{"$ref":"#/$defs/text"},"maxItems":1000}},"required":["kind","records","cnames","ttl"],"additionalProperties":false},{"$ref":"#/$defs/noData"},{"$ref":"#/$defs/noSuchName"},{"type":"object","properties":{"kind":{"const":"null-mx"},"ttl":{"type":"integer","minimum":0,"maximum":4294967295},"ttlFrom":{"enum":["authoritative","recursive"]},"differs":{"type":"array","items":{"$ref":"#/$defs/text"},"maxItems":1000}},"required":["kind","ttl"],"additionalProperties":false}],"discriminator":{"propertyName":"kind"}}},"required":["kind","value"],"additionalProperties":false},{"$ref":"#/$defs/unseen"}],"discriminator":{"propertyName":"kind"}}},"required":["kind","version","at","owner","seen"],"additionalProperties":false};
const pattern6 = new RegExp("^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$", "u");

function validate87(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate87.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(typeof data === "string"){
if(!pattern6.test(data)){
validate87.errors = [{instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$"}}];
return false;
}
}
else {
validate87.errors = [{instancePath}];
return false;
}
}
validate87.errors = vErrors;
return errors === 0;
}
validate87.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate85(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate85.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.kind === undefined) && (missing0 = "kind")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.at === undefined) && (missing0 = "at"))) || ((data.owner === undefined) && (missing0 = "owner"))) || ((data.seen === undefined) && (missing0 = "seen"))){
validate85.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "kind") || (key0 === "version")) || (key0 === "at")) || (key0 === "owner")) || (key0 === "seen"))){
validate85.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("mx" !== data.kind){
validate85.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs3 = errors;
if(1 !== data.version){
validate85.errors = [{instancePath:instancePath+"/version"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.at !== undefined){
const _errs4 = errors;
if(!(validate54(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.owner !== undefined){
const _errs5 = errors;
if(!(validate87(data.owner, {instancePath:instancePath+"/owner",parentData:data,parentDataProperty:"owner",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seen !== undefined){
let data4 = data.seen;
const _errs6 = errors;
if(errors === _errs6){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
const tag0 = data4.kind;
if(typeof tag0 == "string"){
if(tag0 === "observed"){
const _errs9 = errors;
if(errors === _errs9){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((data4.kind === undefined) && (missing1 = "kind")) || ((data4.value === undefined) && (missing1 = "value"))){
validate85.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
else {
const _errs11 = errors;
for(const key1 in data4){
if(!((key1 === "kind") || (key1 === "value"))){
validate85.errors = [{instancePath:instancePath+"/seen"}];
return false;
break;
}
}
if(_errs11 === errors){
if(data4.kind !== undefined){
const _errs12 = errors;
if("observed" !== data4.kind){
validate85.errors = [{instancePath:instancePath+"/seen/kind"}];
return false;
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.value !== undefined){
let data6 = data4.value;
const _errs13 = errors;
if(errors === _errs13){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
const tag1 = data6.kind;
if(typeof tag1 == "string"){
if(tag1 === "records"){
const _errs16 = errors;
if(errors === _errs16){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing2;
if(((((data6.kind === undefined) && (missing2 = "kind")) || ((data6.records === undefined) && (missing2 = "records"))) || ((data6.cnames === undefined) && (missing2 = "cnames"))) || ((data6.ttl === undefined) && (missing2 = "ttl"))){
validate85.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
else {
const _errs18 = errors;
for(const key2 in data6){
if(!((((((key2 === "kind") || (key2 === "records")) || (key2 === "cnames")) || (key2 === "ttl")) || (key2 === "ttlFrom")) || (key2 === "differs"))){
validate85.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
break;
}
}
if(_errs18 === errors){
if(data6.kind !== undefined){
const _errs19 = errors;
if("records" !== data6.kind){
validate85.errors = [{instancePath:instancePath+"/seen/value/kind"}];
return false;
}
var valid6 = _errs19 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.records !== undefined){
let data8 = data6.records;
const _errs20 = errors;
if(errors === _errs20){
if(Array.isArray(data8)){
if(data8.length > 10000){
validate85.errors = [{instancePath:instancePath+"/seen/value/records"}];
return false;
}
else {
var valid7 = true;
const len0 = data8.length;
for(let i0=0; i0<len0; i0++){
let data9 = data8[i0];
const _errs22 = errors;
if(errors === _errs22){
if(data9 && typeof data9 == "object" && !Array.isArray(data9)){
let missing3;
if(((data9.host === undefined) && (missing3 = "host")) || ((data9.preference === undefined) && (missing3 = "preference"))){
validate85.errors = [{instancePath:instancePath+"/seen/value/records/" + i0}];
return false;
}
else {
const _errs24 = errors;
for(const key3 in data9){
if(!((key3 === "host") || (key3 === "preference"))){
validate85.errors = [{instancePath:instancePath+"/seen/value/records/" + i0}];
return false;
break;
}
}
if(_errs24 === errors){
if(data9.host !== undefined){
const _errs25 = errors;
if(!(validate87(data9.host, {instancePath:instancePath+"/seen/value/records/" + i0+"/host",parentData:data9,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
var valid8 = _errs25 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data9.preference !== undefined){
let data11 = data9.preference;
const _errs26 = errors;
if(!(((typeof data11 == "number") && (!(data11 % 1) && !isNaN(data11))) && (isFinite(data11)))){
validate85.errors = [{instancePath:instancePath+"/seen/value/records/" + i0+"/preference"}];
return false;
}
if(errors === _errs26){
if((typeof data11 == "number") && (isFinite(data11))){
if(data11 > 65535 || isNaN(data11)){
validate85.errors = [{instancePath:instancePath+"/seen/value/records/" + i0+"/preference"}];
return false;
}
else {
if(data11 < 0 || isNaN(data11)){
validate85.errors = [{instancePath:instancePath+"/seen/value/records/" + i0+"/preference"}];
return false;
}
}
}
}
var valid8 = _errs26 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value/records/" + i0}];
return false;
}
}
var valid7 = _errs22 === errors;
if(!valid7){
break;
}
}
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value/records"}];
return false;
}
}
var valid6 = _errs20 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.cnames !== undefined){
let data12 = data6.cnames;
const _errs28 = errors;
if(errors === _errs28){
if(Array.isArray(data12)){
if(data12.length > 100){
validate85.errors = [{instancePath:instancePath+"/seen/value/cnames"}];
return false;
}
else {
var valid9 = true;
const len1 = data12.length;
for(let i1=0; i1<len1; i1++){
const _errs30 = errors;
if(!(validate56(data12[i1], {instancePath:instancePath+"/seen/value/cnames/" + i1,parentData:data12,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid9 = _errs30 === errors;
if(!valid9){
break;
}
}
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value/cnames"}];
return false;
}
}
var valid6 = _errs28 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.ttl !== undefined){
let data14 = data6.ttl;
const _errs31 = errors;
if(!(((typeof data14 == "number") && (!(data14 % 1) && !isNaN(data14))) && (isFinite(data14)))){
validate85.errors = [{instancePath:instancePath+"/seen/value/ttl"}];
return false;
}
if(errors === _errs31){
if((typeof data14 == "number") && (isFinite(data14))){
if(data14 > 4294967295 || isNaN(data14)){
validate85.errors = [{instancePath:instancePath+"/seen/value/ttl"}];
return false;
}
else {
if(data14 < 0 || isNaN(data14)){
validate85.errors = [{instancePath:instancePath+"/seen/value/ttl"}];
return false;
}
}
}
}
var valid6 = _errs31 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.ttlFrom !== undefined){
let data15 = data6.ttlFrom;
const _errs33 = errors;
if(!((data15 === "authoritative") || (data15 === "recursive"))){
validate85.errors = [{instancePath:instancePath+"/seen/value/ttlFrom"}];
return false;
}
var valid6 = _errs33 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data6.differs !== undefined){
let data16 = data6.differs;
const _errs34 = errors;
if(errors === _errs34){
if(Array.isArray(data16)){
if(data16.length > 1000){
validate85.errors = [{instancePath:instancePath+"/seen/value/differs"}];
return false;
}
else {
var valid10 = true;
const len2 = data16.length;
for(let i2=0; i2<len2; i2++){
const _errs36 = errors;
if(!(validate56(data16[i2], {instancePath:instancePath+"/seen/value/differs/" + i2,parentData:data16,parentDataProperty:i2,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid10 = _errs36 === errors;
if(!valid10){
break;
}
}
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value/differs"}];
return false;
}
}
var valid6 = _errs34 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
}
}
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
var props0 = true;
}
else if(tag1 === "no-data"){
if(!(validate73(data6, {instancePath:instancePath+"/seen/value",parentData:data4,parentDataProperty:"value",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate73.errors : vErrors.concat(validate73.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag1 === "no-such-name"){
if(!(validate76(data6, {instancePath:instancePath+"/seen/value",parentData:data4,parentDataProperty:"value",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate76.errors : vErrors.concat(validate76.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag1 === "null-mx"){
const _errs39 = errors;
if(errors === _errs39){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing4;
if(((data6.kind === undefined) && (missing4 = "kind")) || ((data6.ttl === undefined) && (missing4 = "ttl"))){
validate85.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
else {
const _errs41 = errors;
for(const key4 in data6){
if(!((((key4 === "kind") || (key4 === "ttl")) || (key4 === "ttlFrom")) || (key4 === "differs"))){
validate85.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
break;
}
}
if(_errs41 === errors){
if(data6.kind !== undefined){
const _errs42 = errors;
if("null-mx" !== data6.kind){
validate85.errors = [{instancePath:instancePath+"/seen/value/kind"}];
return false;
}
var valid14 = _errs42 === errors;
}
else {
var valid14 = true;
}
if(valid14){
if(data6.ttl !== undefined){
let data19 = data6.ttl;
const _errs43 = errors;
if(!(((typeof data19 == "number") && (!(data19 % 1) && !isNaN(data19))) && (isFinite(data19)))){
validate85.errors = [{instancePath:instancePath+"/seen/value/ttl"}];
return false;
}
if(errors === _errs43){
if((typeof data19 == "number") && (isFinite(data19))){
if(data19 > 4294967295 || isNaN(data19)){
validate85.errors = [{instancePath:instancePath+"/seen/value/ttl"}];
return false;
}
else {
if(data19 < 0 || isNaN(data19)){
validate85.errors = [{instancePath:instancePath+"/seen/value/ttl"}];
return false;
}
}
}
}
var valid14 = _errs43 === errors;
}
else {
var valid14 = true;
}
if(valid14){
if(data6.ttlFrom !== undefined){
let data20 = data6.ttlFrom;
const _errs45 = errors;
if(!((data20 === "authoritative") || (data20 === "recursive"))){
validate85.errors = [{instancePath:instancePath+"/seen/value/ttlFrom"}];
return false;
}
var valid14 = _errs45 === errors;
}
else {
var valid14 = true;
}
if(valid14){
if(data6.differs !== undefined){
let data21 = data6.differs;
const _errs46 = errors;
if(errors === _errs46){
if(Array.isArray(data21)){
if(data21.length > 1000){
validate85.errors = [{instancePath:instancePath+"/seen/value/differs"}];
return false;
}
else {
var valid15 = true;
const len3 = data21.length;
for(let i3=0; i3<len3; i3++){
const _errs48 = errors;
if(!(validate56(data21[i3], {instancePath:instancePath+"/seen/value/differs/" + i3,parentData:data21,parentDataProperty:i3,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid15 = _errs48 === errors;
if(!valid15){
break;
}
}
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value/differs"}];
return false;
}
}
var valid14 = _errs46 === errors;
}
else {
var valid14 = true;
}
}
}
}
}
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
if(props0 !== true){
props0 = true;
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
var valid3 = _errs13 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
var props1 = true;
}
else if(tag0 === "unobserved"){
if(!(validate69(data4, {instancePath:instancePath+"/seen",parentData:data,parentDataProperty:"seen",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
if(props1 !== true){
props1 = true;
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
else {
validate85.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate85.errors = [{instancePath}];
return false;
}
}
validate85.errors = vErrors;
return errors === 0;
}
validate85.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const pattern7 = new RegExp("^[0-9a-f:.]{2,45}$", "u");

function validate99(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate99.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(typeof data === "string"){
if(!pattern7.test(data)){
validate99.errors = [{instancePath,schemaPath:"#/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f:.]{2,45}$"}}];
return false;
}
}
else {
validate99.errors = [{instancePath}];
return false;
}
}
validate99.errors = vErrors;
return errors === 0;
}
validate99.evaluated = {"dynamicProps":false,"dynamicItems":false};


function validate96(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate96.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.kind === undefined) && (missing0 = "kind")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.at === undefined) && (missing0 = "at"))) || ((data.host === undefined) && (missing0 = "host"))) || ((data.seen === undefined) && (missing0 = "seen"))){
validate96.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "kind") || (key0 === "version")) || (key0 === "at")) || (key0 === "host")) || (key0 === "seen"))){
validate96.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("addresses" !== data.kind){
validate96.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs3 = errors;
if(1 !== data.version){
validate96.errors = [{instancePath:instancePath+"/version"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.at !== undefined){
const _errs4 = errors;
if(!(validate54(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.host !== undefined){
const _errs5 = errors;
if(!(validate87(data.host, {instancePath:instancePath+"/host",parentData:data,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seen !== undefined){
let data4 = data.seen;
const _errs6 = errors;
if(errors === _errs6){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((data4.addresses === undefined) && (missing1 = "addresses")) || ((data4.cnames === undefined) && (missing1 = "cnames"))){
validate96.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
else {
const _errs8 = errors;
for(const key1 in data4){
if(!((key1 === "addresses") || (key1 === "cnames"))){
validate96.errors = [{instancePath:instancePath+"/seen"}];
return false;
break;
}
}
if(_errs8 === errors){
if(data4.addresses !== undefined){
let data5 = data4.addresses;
const _errs9 = errors;
if(errors === _errs9){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
const tag0 = data5.kind;
if(typeof tag0 == "string"){
if(tag0 === "observed"){
const _errs12 = errors;
if(errors === _errs12){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing2;
if(((data5.kind === undefined) && (missing2 = "kind")) || ((data5.value === undefined) && (missing2 = "value"))){
validate96.errors = [{instancePath:instancePath+"/seen/addresses"}];
return false;
}
else {
const _errs14 = errors;
for(const key2 in data5){
if(!((key2 === "kind") || (key2 === "value"))){
validate96.errors = [{instancePath:instancePath+"/seen/addresses"}];
return false;
break;
}
}
if(_errs14 === errors){
if(data5.kind !== undefined){
const _errs15 = errors;
if("observed" !== data5.kind){
validate96.errors = [{instancePath:instancePath+"/seen/addresses/kind"}];
return false;
}
var valid4 = _errs15 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data5.value !== undefined){
let data7 = data5.value;
const _errs16 = errors;
if(errors === _errs16){
if(Array.isArray(data7)){
if(data7.length > 1000){
validate96.errors = [{instancePath:instancePath+"/seen/addresses/value"}];
return false;
}
else {
var valid5 = true;
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
const _errs18 = errors;
if(!(validate99(data7[i0], {instancePath:instancePath+"/seen/addresses/value/" + i0,parentData:data7,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
var valid5 = _errs18 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate96.errors = [{instancePath:instancePath+"/seen/addresses/value"}];
return false;
}
}
var valid4 = _errs16 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate96.errors = [{instancePath:instancePath+"/seen/addresses"}];
return false;
}
}
var props0 = true;
}
else if(tag0 === "unobserved"){
if(!(validate69(data5, {instancePath:instancePath+"/seen/addresses",parentData:data4,parentDataProperty:"addresses",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else {
validate96.errors = [{instancePath:instancePath+"/seen/addresses"}];
return false;
}
}
else {
validate96.errors = [{instancePath:instancePath+"/seen/addresses"}];
return false;
}
}
else {
validate96.errors = [{instancePath:instancePath+"/seen/addresses"}];
return false;
}
}
var valid1 = _errs9 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data4.cnames !== undefined){
let data9 = data4.cnames;
const _errs20 = errors;
if(errors === _errs20){
if(Array.isArray(data9)){
if(data9.length > 100){
validate96.errors = [{instancePath:instancePath+"/seen/cnames"}];
return false;
}
else {
var valid7 = true;
const len1 = data9.length;
for(let i1=0; i1<len1; i1++){
const _errs22 = errors;
if(!(validate56(data9[i1], {instancePath:instancePath+"/seen/cnames/" + i1,parentData:data9,parentDataProperty:i1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid7 = _errs22 === errors;
if(!valid7){
break;
}
}
}
}
else {
validate96.errors = [{instancePath:instancePath+"/seen/cnames"}];
return false;
}
}
var valid1 = _errs20 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
else {
validate96.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate96.errors = [{instancePath}];
return false;
}
}
validate96.errors = vErrors;
return errors === 0;
}
validate96.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate106(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate106.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(!(((typeof data == "number") && (!(data % 1) && !isNaN(data))) && (isFinite(data)))){
validate106.errors = [{instancePath}];
return false;
}
if(errors === 0){
if((typeof data == "number") && (isFinite(data))){
if(data > 255 || isNaN(data)){
validate106.errors = [{instancePath}];
return false;
}
else {
if(data < 0 || isNaN(data)){
validate106.errors = [{instancePath}];
return false;
}
}
}
}
validate106.errors = vErrors;
return errors === 0;
}
validate106.evaluated = {"dynamicProps":false,"dynamicItems":false};

const pattern8 = new RegExp("^(?:[0-9a-f]{2})*$", "u");

function validate103(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate103.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((data.kind === undefined) && (missing0 = "kind")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.at === undefined) && (missing0 = "at"))) || ((data.host === undefined) && (missing0 = "host"))) || ((data.seen === undefined) && (missing0 = "seen"))){
validate103.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(((((key0 === "kind") || (key0 === "version")) || (key0 === "at")) || (key0 === "host")) || (key0 === "seen"))){
validate103.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("tlsa" !== data.kind){
validate103.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs3 = errors;
if(1 !== data.version){
validate103.errors = [{instancePath:instancePath+"/version"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.at !== undefined){
const _errs4 = errors;
if(!(validate54(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.host !== undefined){
const _errs5 = errors;
if(!(validate87(data.host, {instancePath:instancePath+"/host",parentData:data,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seen !== undefined){
let data4 = data.seen;
const _errs6 = errors;
if(errors === _errs6){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
const tag0 = data4.kind;
if(typeof tag0 == "string"){
if(tag0 === "observed"){
const _errs9 = errors;
if(errors === _errs9){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((data4.kind === undefined) && (missing1 = "kind")) || ((data4.value === undefined) && (missing1 = "value"))){
validate103.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
else {
const _errs11 = errors;
for(const key1 in data4){
if(!((key1 === "kind") || (key1 === "value"))){
validate103.errors = [{instancePath:instancePath+"/seen"}];
return false;
break;
}
}
if(_errs11 === errors){
if(data4.kind !== undefined){
const _errs12 = errors;
if("observed" !== data4.kind){
validate103.errors = [{instancePath:instancePath+"/seen/kind"}];
return false;
}
var valid3 = _errs12 === errors;
}
else {
var valid3 = true;
}
if(valid3){
if(data4.value !== undefined){
let data6 = data4.value;
const _errs13 = errors;
if(errors === _errs13){
if(data6 && typeof data6 == "object" && !Array.isArray(data6)){
let missing2;
if(((data6.records === undefined) && (missing2 = "records")) || ((data6.authenticated === undefined) && (missing2 = "authenticated"))){
validate103.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
else {
const _errs15 = errors;
for(const key2 in data6){
if(!((key2 === "records") || (key2 === "authenticated"))){
validate103.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
break;
}
}
if(_errs15 === errors){
if(data6.records !== undefined){
let data7 = data6.records;
const _errs16 = errors;
if(errors === _errs16){
if(Array.isArray(data7)){
if(data7.length > 1000){
validate103.errors = [{instancePath:instancePath+"/seen/value/records"}];
return false;
}
else {
var valid5 = true;
const len0 = data7.length;
for(let i0=0; i0<len0; i0++){
let data8 = data7[i0];
const _errs18 = errors;
if(errors === _errs18){
if(data8 && typeof data8 == "object" && !Array.isArray(data8)){
let missing3;
if(((((data8.usage === undefined) && (missing3 = "usage")) || ((data8.selector === undefined) && (missing3 = "selector"))) || ((data8.matching === undefined) && (missing3 = "matching"))) || ((data8.data === undefined) && (missing3 = "data"))){
validate103.errors = [{instancePath:instancePath+"/seen/value/records/" + i0}];
return false;
}
else {
const _errs20 = errors;
for(const key3 in data8){
if(!((((key3 === "usage") || (key3 === "selector")) || (key3 === "matching")) || (key3 === "data"))){
validate103.errors = [{instancePath:instancePath+"/seen/value/records/" + i0}];
return false;
break;
}
}
if(_errs20 === errors){
if(data8.usage !== undefined){
const _errs21 = errors;
if(!(validate106(data8.usage, {instancePath:instancePath+"/seen/value/records/" + i0+"/usage",parentData:data8,parentDataProperty:"usage",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
var valid6 = _errs21 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data8.selector !== undefined){
const _errs22 = errors;
if(!(validate106(data8.selector, {instancePath:instancePath+"/seen/value/records/" + i0+"/selector",parentData:data8,parentDataProperty:"selector",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
var valid6 = _errs22 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data8.matching !== undefined){
const _errs23 = errors;
if(!(validate106(data8.matching, {instancePath:instancePath+"/seen/value/records/" + i0+"/matching",parentData:data8,parentDataProperty:"matching",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate106.errors : vErrors.concat(validate106.errors);
errors = vErrors.length;
}
var valid6 = _errs23 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data8.data !== undefined){
let data12 = data8.data;
const _errs24 = errors;
if(errors === _errs24){
if(typeof data12 === "string"){
if(!pattern8.test(data12)){
validate103.errors = [{instancePath:instancePath+"/seen/value/records/" + i0+"/data",schemaPath:"#/properties/seen/oneOf/0/properties/value/properties/records/items/properties/data/pattern",keyword:"pattern",params:{pattern: "^(?:[0-9a-f]{2})*$"}}];
return false;
}
}
else {
validate103.errors = [{instancePath:instancePath+"/seen/value/records/" + i0+"/data"}];
return false;
}
}
var valid6 = _errs24 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
}
}
else {
validate103.errors = [{instancePath:instancePath+"/seen/value/records/" + i0}];
return false;
}
}
var valid5 = _errs18 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate103.errors = [{instancePath:instancePath+"/seen/value/records"}];
return false;
}
}
var valid4 = _errs16 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data6.authenticated !== undefined){
const _errs26 = errors;
if(typeof data6.authenticated !== "boolean"){
validate103.errors = [{instancePath:instancePath+"/seen/value/authenticated"}];
return false;
}
var valid4 = _errs26 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate103.errors = [{instancePath:instancePath+"/seen/value"}];
return false;
}
}
var valid3 = _errs13 === errors;
}
else {
var valid3 = true;
}
}
}
}
}
else {
validate103.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
var props0 = true;
}
else if(tag0 === "unobserved"){
if(!(validate69(data4, {instancePath:instancePath+"/seen",parentData:data,parentDataProperty:"seen",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else {
validate103.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
else {
validate103.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
else {
validate103.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
else {
validate103.errors = [{instancePath}];
return false;
}
}
validate103.errors = vErrors;
return errors === 0;
}
validate103.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema39 = {"type":"object","properties":{"status":{"type":"integer","minimum":0,"maximum":999},"contentType":{"anyOf":[{"$ref":"#/$defs/text"},{"type":"null"}]},"contentEncoding":{"anyOf":[{"$ref":"#/$defs/text"},{"type":"null"}]},"location":{"anyOf":[{"$ref":"#/$defs/text"},{"type":"null"}]},"body":{"type":"object","properties":{"encoding":{"enum":["utf-8","base64"]},"data":{"type":"string"}},"required":["encoding","data"],"additionalProperties":false},"truncated":{"type":"boolean"},"elapsed":{"type":"number","minimum":0,"description":"Milliseconds."},"chain":{"$ref":"#/$defs/chain"}},"required":["status","contentType","contentEncoding","location","body","truncated","elapsed","chain"],"additionalProperties":false};
const schema41 = {"type":"object","properties":{"dnsIds":{"type":"array","items":{"$ref":"#/$defs/text"},"maxItems":10000},"subject":{"$ref":"#/$defs/text"},"issuer":{"$ref":"#/$defs/text"},"serialNumber":{"$ref":"#/$defs/text"},"notBefore":{"$ref":"#/$defs/instant"},"notAfter":{"$ref":"#/$defs/instant"},"sha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"sha512":{"type":"string","pattern":"^[0-9a-f]{128}$"},"spkiSha256":{"type":"string","pattern":"^[0-9a-f]{64}$"},"spkiSha512":{"type":"string","pattern":"^[0-9a-f]{128}$"}},"required":["dnsIds","subject","issuer","serialNumber","notBefore","notAfter","sha256"],"additionalProperties":false};
const func1 = Object.prototype.hasOwnProperty;
const pattern9 = new RegExp("^[0-9a-f]{64}$", "u");
const pattern10 = new RegExp("^[0-9a-f]{128}$", "u");

function validate122(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate122.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((((((data.dnsIds === undefined) && (missing0 = "dnsIds")) || ((data.subject === undefined) && (missing0 = "subject"))) || ((data.issuer === undefined) && (missing0 = "issuer"))) || ((data.serialNumber === undefined) && (missing0 = "serialNumber"))) || ((data.notBefore === undefined) && (missing0 = "notBefore"))) || ((data.notAfter === undefined) && (missing0 = "notAfter"))) || ((data.sha256 === undefined) && (missing0 = "sha256"))){
validate122.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!(func1.call(schema41.properties, key0))){
validate122.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.dnsIds !== undefined){
let data0 = data.dnsIds;
const _errs2 = errors;
if(errors === _errs2){
if(Array.isArray(data0)){
if(data0.length > 10000){
validate122.errors = [{instancePath:instancePath+"/dnsIds"}];
return false;
}
else {
var valid1 = true;
const len0 = data0.length;
for(let i0=0; i0<len0; i0++){
const _errs4 = errors;
if(!(validate56(data0[i0], {instancePath:instancePath+"/dnsIds/" + i0,parentData:data0,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid1 = _errs4 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate122.errors = [{instancePath:instancePath+"/dnsIds"}];
return false;
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.subject !== undefined){
const _errs5 = errors;
if(!(validate56(data.subject, {instancePath:instancePath+"/subject",parentData:data,parentDataProperty:"subject",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.issuer !== undefined){
const _errs6 = errors;
if(!(validate56(data.issuer, {instancePath:instancePath+"/issuer",parentData:data,parentDataProperty:"issuer",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.serialNumber !== undefined){
const _errs7 = errors;
if(!(validate56(data.serialNumber, {instancePath:instancePath+"/serialNumber",parentData:data,parentDataProperty:"serialNumber",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.notBefore !== undefined){
const _errs8 = errors;
if(!(validate54(data.notBefore, {instancePath:instancePath+"/notBefore",parentData:data,parentDataProperty:"notBefore",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs8 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.notAfter !== undefined){
const _errs9 = errors;
if(!(validate54(data.notAfter, {instancePath:instancePath+"/notAfter",parentData:data,parentDataProperty:"notAfter",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sha256 !== undefined){
let data7 = data.sha256;
const _errs10 = errors;
if(errors === _errs10){
if(typeof data7 === "string"){
if(!pattern9.test(data7)){
validate122.errors = [{instancePath:instancePath+"/sha256",schemaPath:"#/properties/sha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"}}];
return false;
}
}
else {
validate122.errors = [{instancePath:instancePath+"/sha256"}];
return false;
}
}
var valid0 = _errs10 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.sha512 !== undefined){
let data8 = data.sha512;
const _errs12 = errors;
if(errors === _errs12){
if(typeof data8 === "string"){
if(!pattern10.test(data8)){
validate122.errors = [{instancePath:instancePath+"/sha512",schemaPath:"#/properties/sha512/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{128}$"}}];
return false;
}
}
else {
validate122.errors = [{instancePath:instancePath+"/sha512"}];
return false;
}
}
var valid0 = _errs12 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.spkiSha256 !== undefined){
let data9 = data.spkiSha256;
const _errs14 = errors;
if(errors === _errs14){
if(typeof data9 === "string"){
if(!pattern9.test(data9)){
validate122.errors = [{instancePath:instancePath+"/spkiSha256",schemaPath:"#/properties/spkiSha256/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{64}$"}}];
return false;
}
}
else {
validate122.errors = [{instancePath:instancePath+"/spkiSha256"}];
return false;
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.spkiSha512 !== undefined){
let data10 = data.spkiSha512;
const _errs16 = errors;
if(errors === _errs16){
if(typeof data10 === "string"){
if(!pattern10.test(data10)){
validate122.errors = [{instancePath:instancePath+"/spkiSha512",schemaPath:"#/properties/spkiSha512/pattern",keyword:"pattern",params:{pattern: "^[0-9a-f]{128}$"}}];
return false;
}
}
else {
validate122.errors = [{instancePath:instancePath+"/spkiSha512"}];
return false;
}
}
var valid0 = _errs16 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
}
}
else {
validate122.errors = [{instancePath}];
return false;
}
}
validate122.errors = vErrors;
return errors === 0;
}
validate122.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate121(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate121.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(Array.isArray(data)){
if(data.length > 1000){
validate121.errors = [{instancePath}];
return false;
}
else {
var valid0 = true;
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
const _errs1 = errors;
if(!(validate122(data[i0], {instancePath:instancePath+"/" + i0,parentData:data,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate122.errors : vErrors.concat(validate122.errors);
errors = vErrors.length;
}
var valid0 = _errs1 === errors;
if(!valid0){
break;
}
}
}
}
else {
validate121.errors = [{instancePath}];
return false;
}
}
validate121.errors = vErrors;
return errors === 0;
}
validate121.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


function validate117(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate117.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((((data.status === undefined) && (missing0 = "status")) || ((data.contentType === undefined) && (missing0 = "contentType"))) || ((data.contentEncoding === undefined) && (missing0 = "contentEncoding"))) || ((data.location === undefined) && (missing0 = "location"))) || ((data.body === undefined) && (missing0 = "body"))) || ((data.truncated === undefined) && (missing0 = "truncated"))) || ((data.elapsed === undefined) && (missing0 = "elapsed"))) || ((data.chain === undefined) && (missing0 = "chain"))){
validate117.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((((key0 === "status") || (key0 === "contentType")) || (key0 === "contentEncoding")) || (key0 === "location")) || (key0 === "body")) || (key0 === "truncated")) || (key0 === "elapsed")) || (key0 === "chain"))){
validate117.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.status !== undefined){
let data0 = data.status;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate117.errors = [{instancePath:instancePath+"/status"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 999 || isNaN(data0)){
validate117.errors = [{instancePath:instancePath+"/status"}];
return false;
}
else {
if(data0 < 0 || isNaN(data0)){
validate117.errors = [{instancePath:instancePath+"/status"}];
return false;
}
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.contentType !== undefined){
let data1 = data.contentType;
const _errs4 = errors;
const _errs5 = errors;
let valid1 = false;
const _errs6 = errors;
if(!(validate56(data1, {instancePath:instancePath+"/contentType",parentData:data,parentDataProperty:"contentType",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var _valid0 = _errs6 === errors;
valid1 = valid1 || _valid0;
const _errs7 = errors;
if(data1 !== null){
const err0 = {instancePath:instancePath+"/contentType"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs7 === errors;
valid1 = valid1 || _valid0;
if(!valid1){
const err1 = {instancePath:instancePath+"/contentType"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
validate117.errors = vErrors;
return false;
}
else {
errors = _errs5;
if(vErrors !== null){
if(_errs5){
vErrors.length = _errs5;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.contentEncoding !== undefined){
let data2 = data.contentEncoding;
const _errs9 = errors;
const _errs10 = errors;
let valid2 = false;
const _errs11 = errors;
if(!(validate56(data2, {instancePath:instancePath+"/contentEncoding",parentData:data,parentDataProperty:"contentEncoding",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var _valid1 = _errs11 === errors;
valid2 = valid2 || _valid1;
const _errs12 = errors;
if(data2 !== null){
const err2 = {instancePath:instancePath+"/contentEncoding"};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
var _valid1 = _errs12 === errors;
valid2 = valid2 || _valid1;
if(!valid2){
const err3 = {instancePath:instancePath+"/contentEncoding"};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
validate117.errors = vErrors;
return false;
}
else {
errors = _errs10;
if(vErrors !== null){
if(_errs10){
vErrors.length = _errs10;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs9 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.location !== undefined){
let data3 = data.location;
const _errs14 = errors;
const _errs15 = errors;
let valid3 = false;
const _errs16 = errors;
if(!(validate56(data3, {instancePath:instancePath+"/location",parentData:data,parentDataProperty:"location",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var _valid2 = _errs16 === errors;
valid3 = valid3 || _valid2;
const _errs17 = errors;
if(data3 !== null){
const err4 = {instancePath:instancePath+"/location"};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
var _valid2 = _errs17 === errors;
valid3 = valid3 || _valid2;
if(!valid3){
const err5 = {instancePath:instancePath+"/location"};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
validate117.errors = vErrors;
return false;
}
else {
errors = _errs15;
if(vErrors !== null){
if(_errs15){
vErrors.length = _errs15;
}
else {
vErrors = null;
}
}
}
var valid0 = _errs14 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.body !== undefined){
let data4 = data.body;
const _errs19 = errors;
if(errors === _errs19){
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
let missing1;
if(((data4.encoding === undefined) && (missing1 = "encoding")) || ((data4.data === undefined) && (missing1 = "data"))){
validate117.errors = [{instancePath:instancePath+"/body"}];
return false;
}
else {
const _errs21 = errors;
for(const key1 in data4){
if(!((key1 === "encoding") || (key1 === "data"))){
validate117.errors = [{instancePath:instancePath+"/body"}];
return false;
break;
}
}
if(_errs21 === errors){
if(data4.encoding !== undefined){
let data5 = data4.encoding;
const _errs22 = errors;
if(!((data5 === "utf-8") || (data5 === "base64"))){
validate117.errors = [{instancePath:instancePath+"/body/encoding"}];
return false;
}
var valid4 = _errs22 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data4.data !== undefined){
const _errs23 = errors;
if(typeof data4.data !== "string"){
validate117.errors = [{instancePath:instancePath+"/body/data"}];
return false;
}
var valid4 = _errs23 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate117.errors = [{instancePath:instancePath+"/body"}];
return false;
}
}
var valid0 = _errs19 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.truncated !== undefined){
const _errs25 = errors;
if(typeof data.truncated !== "boolean"){
validate117.errors = [{instancePath:instancePath+"/truncated"}];
return false;
}
var valid0 = _errs25 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.elapsed !== undefined){
let data8 = data.elapsed;
const _errs27 = errors;
if(errors === _errs27){
if((typeof data8 == "number") && (isFinite(data8))){
if(data8 < 0 || isNaN(data8)){
validate117.errors = [{instancePath:instancePath+"/elapsed"}];
return false;
}
}
else {
validate117.errors = [{instancePath:instancePath+"/elapsed"}];
return false;
}
}
var valid0 = _errs27 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.chain !== undefined){
const _errs29 = errors;
if(!(validate121(data.chain, {instancePath:instancePath+"/chain",parentData:data,parentDataProperty:"chain",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate121.errors : vErrors.concat(validate121.errors);
errors = vErrors.length;
}
var valid0 = _errs29 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
}
}
else {
validate117.errors = [{instancePath}];
return false;
}
}
validate117.errors = vErrors;
return errors === 0;
}
validate117.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate133(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate133.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const tag0 = data.kind;
if(typeof tag0 == "string"){
if(tag0 === "trusted"){
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((data.kind === undefined) && (missing0 = "kind")){
validate133.errors = [{instancePath}];
return false;
}
else {
const _errs4 = errors;
for(const key0 in data){
if(!(key0 === "kind")){
validate133.errors = [{instancePath}];
return false;
break;
}
}
if(_errs4 === errors){
if(data.kind !== undefined){
if("trusted" !== data.kind){
validate133.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
}
}
}
}
else {
validate133.errors = [{instancePath}];
return false;
}
}
var props0 = true;
}
else if(tag0 === "untrusted"){
const _errs6 = errors;
if(errors === _errs6){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.kind === undefined) && (missing1 = "kind")) || ((data.x509Error === undefined) && (missing1 = "x509Error"))){
validate133.errors = [{instancePath}];
return false;
}
else {
const _errs8 = errors;
for(const key1 in data){
if(!(((key1 === "kind") || (key1 === "x509Error")) || (key1 === "missingIssuer"))){
validate133.errors = [{instancePath}];
return false;
break;
}
}
if(_errs8 === errors){
if(data.kind !== undefined){
const _errs9 = errors;
if("untrusted" !== data.kind){
validate133.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid4 = _errs9 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.x509Error !== undefined){
const _errs10 = errors;
if(!(validate56(data.x509Error, {instancePath:instancePath+"/x509Error",parentData:data,parentDataProperty:"x509Error",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid4 = _errs10 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.missingIssuer !== undefined){
const _errs11 = errors;
if(!(validate56(data.missingIssuer, {instancePath:instancePath+"/missingIssuer",parentData:data,parentDataProperty:"missingIssuer",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid4 = _errs11 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
else {
validate133.errors = [{instancePath}];
return false;
}
}
if(props0 !== true){
props0 = true;
}
}
else {
validate133.errors = [{instancePath}];
return false;
}
}
else {
validate133.errors = [{instancePath}];
return false;
}
}
else {
validate133.errors = [{instancePath}];
return false;
}
}
validate133.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate133.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate115(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate115.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const tag0 = data.kind;
if(typeof tag0 == "string"){
if(tag0 === "response"){
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if((((data.kind === undefined) && (missing0 = "kind")) || ((data.address === undefined) && (missing0 = "address"))) || ((data.response === undefined) && (missing0 = "response"))){
validate115.errors = [{instancePath}];
return false;
}
else {
const _errs4 = errors;
for(const key0 in data){
if(!(((key0 === "kind") || (key0 === "address")) || (key0 === "response"))){
validate115.errors = [{instancePath}];
return false;
break;
}
}
if(_errs4 === errors){
if(data.kind !== undefined){
const _errs5 = errors;
if("response" !== data.kind){
validate115.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid2 = _errs5 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.address !== undefined){
const _errs6 = errors;
if(!(validate99(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
var valid2 = _errs6 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.response !== undefined){
const _errs7 = errors;
if(!(validate117(data.response, {instancePath:instancePath+"/response",parentData:data,parentDataProperty:"response",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate117.errors : vErrors.concat(validate117.errors);
errors = vErrors.length;
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
else {
validate115.errors = [{instancePath}];
return false;
}
}
var props0 = true;
}
else if(tag0 === "untrusted"){
const _errs8 = errors;
if(errors === _errs8){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if((((((data.kind === undefined) && (missing1 = "kind")) || ((data.address === undefined) && (missing1 = "address"))) || ((data.trust === undefined) && (missing1 = "trust"))) || ((data.names === undefined) && (missing1 = "names"))) || ((data.chain === undefined) && (missing1 = "chain"))){
validate115.errors = [{instancePath}];
return false;
}
else {
const _errs10 = errors;
for(const key1 in data){
if(!(((((key1 === "kind") || (key1 === "address")) || (key1 === "trust")) || (key1 === "names")) || (key1 === "chain"))){
validate115.errors = [{instancePath}];
return false;
break;
}
}
if(_errs10 === errors){
if(data.kind !== undefined){
const _errs11 = errors;
if("untrusted" !== data.kind){
validate115.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid4 = _errs11 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.address !== undefined){
const _errs12 = errors;
if(!(validate99(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
var valid4 = _errs12 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.trust !== undefined){
const _errs13 = errors;
if(!(validate133(data.trust, {instancePath:instancePath+"/trust",parentData:data,parentDataProperty:"trust",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate133.errors : vErrors.concat(validate133.errors);
errors = vErrors.length;
}
var valid4 = _errs13 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.names !== undefined){
const _errs14 = errors;
if(typeof data.names !== "boolean"){
validate115.errors = [{instancePath:instancePath+"/names"}];
return false;
}
var valid4 = _errs14 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.chain !== undefined){
const _errs16 = errors;
if(!(validate121(data.chain, {instancePath:instancePath+"/chain",parentData:data,parentDataProperty:"chain",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate121.errors : vErrors.concat(validate121.errors);
errors = vErrors.length;
}
var valid4 = _errs16 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
}
}
}
else {
validate115.errors = [{instancePath}];
return false;
}
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "failed"){
const _errs17 = errors;
if(errors === _errs17){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if((((data.kind === undefined) && (missing2 = "kind")) || ((data.address === undefined) && (missing2 = "address"))) || ((data.reason === undefined) && (missing2 = "reason"))){
validate115.errors = [{instancePath}];
return false;
}
else {
const _errs19 = errors;
for(const key2 in data){
if(!(((key2 === "kind") || (key2 === "address")) || (key2 === "reason"))){
validate115.errors = [{instancePath}];
return false;
break;
}
}
if(_errs19 === errors){
if(data.kind !== undefined){
const _errs20 = errors;
if("failed" !== data.kind){
validate115.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid6 = _errs20 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.address !== undefined){
const _errs21 = errors;
if(!(validate99(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
var valid6 = _errs21 === errors;
}
else {
var valid6 = true;
}
if(valid6){
if(data.reason !== undefined){
const _errs22 = errors;
if(!(validate56(data.reason, {instancePath:instancePath+"/reason",parentData:data,parentDataProperty:"reason",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid6 = _errs22 === errors;
}
else {
var valid6 = true;
}
}
}
}
}
}
else {
validate115.errors = [{instancePath}];
return false;
}
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "unobserved"){
const _errs23 = errors;
if(errors === _errs23){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if((((data.kind === undefined) && (missing3 = "kind")) || ((data.address === undefined) && (missing3 = "address"))) || ((data.because === undefined) && (missing3 = "because"))){
validate115.errors = [{instancePath}];
return false;
}
else {
const _errs25 = errors;
for(const key3 in data){
if(!((((key3 === "kind") || (key3 === "address")) || (key3 === "because")) || (key3 === "detail"))){
validate115.errors = [{instancePath}];
return false;
break;
}
}
if(_errs25 === errors){
if(data.kind !== undefined){
const _errs26 = errors;
if("unobserved" !== data.kind){
validate115.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid8 = _errs26 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data.address !== undefined){
const _errs27 = errors;
if(!(validate99(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
var valid8 = _errs27 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data.because !== undefined){
const _errs28 = errors;
if(!(validate70(data.because, {instancePath:instancePath+"/because",parentData:data,parentDataProperty:"because",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate70.errors : vErrors.concat(validate70.errors);
errors = vErrors.length;
}
var valid8 = _errs28 === errors;
}
else {
var valid8 = true;
}
if(valid8){
if(data.detail !== undefined){
const _errs29 = errors;
if(!(validate56(data.detail, {instancePath:instancePath+"/detail",parentData:data,parentDataProperty:"detail",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid8 = _errs29 === errors;
}
else {
var valid8 = true;
}
}
}
}
}
}
}
else {
validate115.errors = [{instancePath}];
return false;
}
}
if(props0 !== true){
props0 = true;
}
}
else {
validate115.errors = [{instancePath}];
return false;
}
}
else {
validate115.errors = [{instancePath}];
return false;
}
}
else {
validate115.errors = [{instancePath}];
return false;
}
}
validate115.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate115.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate111(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate111.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.kind === undefined) && (missing0 = "kind")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.at === undefined) && (missing0 = "at"))) || ((data.host === undefined) && (missing0 = "host"))) || ((data.address === undefined) && (missing0 = "address"))) || ((data.seen === undefined) && (missing0 = "seen"))){
validate111.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "kind") || (key0 === "version")) || (key0 === "at")) || (key0 === "host")) || (key0 === "address")) || (key0 === "seen"))){
validate111.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("policy" !== data.kind){
validate111.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs3 = errors;
if(1 !== data.version){
validate111.errors = [{instancePath:instancePath+"/version"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.at !== undefined){
const _errs4 = errors;
if(!(validate54(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.host !== undefined){
const _errs5 = errors;
if(!(validate87(data.host, {instancePath:instancePath+"/host",parentData:data,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address !== undefined){
const _errs6 = errors;
if(!(validate99(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seen !== undefined){
const _errs7 = errors;
if(!(validate115(data.seen, {instancePath:instancePath+"/seen",parentData:data,parentDataProperty:"seen",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate115.errors : vErrors.concat(validate115.errors);
errors = vErrors.length;
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate111.errors = [{instancePath}];
return false;
}
}
validate111.errors = vErrors;
return errors === 0;
}
validate111.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema44 = {"type":"object","oneOf":[{"type":"object","properties":{"kind":{"const":"tls"},"protocol":{"$ref":"#/$defs/text"},"chain":{"$ref":"#/$defs/chain"},"trust":{"$ref":"#/$defs/trust"}},"required":["kind","protocol","chain","trust"],"additionalProperties":false},{"type":"object","properties":{"kind":{"const":"no-starttls"},"capabilities":{"type":"array","items":{"$ref":"#/$defs/text"},"maxItems":1000}},"required":["kind","capabilities"],"additionalProperties":false},{"type":"object","properties":{"kind":{"const":"starttls-refused"},"reply":{"anyOf":[{"$ref":"#/$defs/reply"},{"type":"null"}]}},"required":["kind","reply"],"additionalProperties":false},{"type":"object","properties":{"kind":{"const":"protocol-violation"},"step":{"enum":["connect","greeting","ehlo","starttls","handshake"]},"detail":{"$ref":"#/$defs/text"}},"required":["kind","step","detail"],"additionalProperties":false},{"type":"object","properties":{"kind":{"const":"handshake-failed"},"detail":{"$ref":"#/$defs/text"}},"required":["kind","detail"],"additionalProperties":false},{"type":"object","properties":{"kind":{"const":"turned-away"},"reply":{"$ref":"#/$defs/reply"}},"required":["kind","reply"],"additionalProperties":false},{"type":"object","properties":{"kind":{"const":"unreachable"},"step":{"enum":["connect","greeting","ehlo","starttls","handshake"]},"reason":{"$ref":"#/$defs/text"}},"required":["kind","step","reason"],"additionalProperties":false},{"$ref":"#/$defs/unseen"}],"discriminator":{"propertyName":"kind"}};

function validate155(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate155.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((data.code === undefined) && (missing0 = "code")) || ((data.lines === undefined) && (missing0 = "lines"))){
validate155.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((key0 === "code") || (key0 === "lines"))){
validate155.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.code !== undefined){
let data0 = data.code;
const _errs2 = errors;
if(!(((typeof data0 == "number") && (!(data0 % 1) && !isNaN(data0))) && (isFinite(data0)))){
validate155.errors = [{instancePath:instancePath+"/code"}];
return false;
}
if(errors === _errs2){
if((typeof data0 == "number") && (isFinite(data0))){
if(data0 > 599 || isNaN(data0)){
validate155.errors = [{instancePath:instancePath+"/code"}];
return false;
}
else {
if(data0 < 200 || isNaN(data0)){
validate155.errors = [{instancePath:instancePath+"/code"}];
return false;
}
}
}
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.lines !== undefined){
let data1 = data.lines;
const _errs4 = errors;
if(errors === _errs4){
if(Array.isArray(data1)){
if(data1.length > 100){
validate155.errors = [{instancePath:instancePath+"/lines"}];
return false;
}
else {
var valid1 = true;
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
const _errs6 = errors;
if(!(validate56(data1[i0], {instancePath:instancePath+"/lines/" + i0,parentData:data1,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid1 = _errs6 === errors;
if(!valid1){
break;
}
}
}
}
else {
validate155.errors = [{instancePath:instancePath+"/lines"}];
return false;
}
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
else {
validate155.errors = [{instancePath}];
return false;
}
}
validate155.errors = vErrors;
return errors === 0;
}
validate155.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate150(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate150.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const tag0 = data.kind;
if(typeof tag0 == "string"){
if(tag0 === "tls"){
const _errs2 = errors;
if(errors === _errs2){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((data.kind === undefined) && (missing0 = "kind")) || ((data.protocol === undefined) && (missing0 = "protocol"))) || ((data.chain === undefined) && (missing0 = "chain"))) || ((data.trust === undefined) && (missing0 = "trust"))){
validate150.errors = [{instancePath}];
return false;
}
else {
const _errs4 = errors;
for(const key0 in data){
if(!((((key0 === "kind") || (key0 === "protocol")) || (key0 === "chain")) || (key0 === "trust"))){
validate150.errors = [{instancePath}];
return false;
break;
}
}
if(_errs4 === errors){
if(data.kind !== undefined){
const _errs5 = errors;
if("tls" !== data.kind){
validate150.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid2 = _errs5 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.protocol !== undefined){
const _errs6 = errors;
if(!(validate56(data.protocol, {instancePath:instancePath+"/protocol",parentData:data,parentDataProperty:"protocol",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid2 = _errs6 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.chain !== undefined){
const _errs7 = errors;
if(!(validate121(data.chain, {instancePath:instancePath+"/chain",parentData:data,parentDataProperty:"chain",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate121.errors : vErrors.concat(validate121.errors);
errors = vErrors.length;
}
var valid2 = _errs7 === errors;
}
else {
var valid2 = true;
}
if(valid2){
if(data.trust !== undefined){
const _errs8 = errors;
if(!(validate133(data.trust, {instancePath:instancePath+"/trust",parentData:data,parentDataProperty:"trust",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate133.errors : vErrors.concat(validate133.errors);
errors = vErrors.length;
}
var valid2 = _errs8 === errors;
}
else {
var valid2 = true;
}
}
}
}
}
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
var props1 = true;
}
else if(tag0 === "no-starttls"){
const _errs9 = errors;
if(errors === _errs9){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing1;
if(((data.kind === undefined) && (missing1 = "kind")) || ((data.capabilities === undefined) && (missing1 = "capabilities"))){
validate150.errors = [{instancePath}];
return false;
}
else {
const _errs11 = errors;
for(const key1 in data){
if(!((key1 === "kind") || (key1 === "capabilities"))){
validate150.errors = [{instancePath}];
return false;
break;
}
}
if(_errs11 === errors){
if(data.kind !== undefined){
const _errs12 = errors;
if("no-starttls" !== data.kind){
validate150.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid4 = _errs12 === errors;
}
else {
var valid4 = true;
}
if(valid4){
if(data.capabilities !== undefined){
let data5 = data.capabilities;
const _errs13 = errors;
if(errors === _errs13){
if(Array.isArray(data5)){
if(data5.length > 1000){
validate150.errors = [{instancePath:instancePath+"/capabilities"}];
return false;
}
else {
var valid5 = true;
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
const _errs15 = errors;
if(!(validate56(data5[i0], {instancePath:instancePath+"/capabilities/" + i0,parentData:data5,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid5 = _errs15 === errors;
if(!valid5){
break;
}
}
}
}
else {
validate150.errors = [{instancePath:instancePath+"/capabilities"}];
return false;
}
}
var valid4 = _errs13 === errors;
}
else {
var valid4 = true;
}
}
}
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
if(props1 !== true){
props1 = true;
}
}
else if(tag0 === "starttls-refused"){
const _errs16 = errors;
if(errors === _errs16){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing2;
if(((data.kind === undefined) && (missing2 = "kind")) || ((data.reply === undefined) && (missing2 = "reply"))){
validate150.errors = [{instancePath}];
return false;
}
else {
const _errs18 = errors;
for(const key2 in data){
if(!((key2 === "kind") || (key2 === "reply"))){
validate150.errors = [{instancePath}];
return false;
break;
}
}
if(_errs18 === errors){
if(data.kind !== undefined){
const _errs19 = errors;
if("starttls-refused" !== data.kind){
validate150.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid7 = _errs19 === errors;
}
else {
var valid7 = true;
}
if(valid7){
if(data.reply !== undefined){
let data8 = data.reply;
const _errs20 = errors;
const _errs21 = errors;
let valid8 = false;
const _errs22 = errors;
if(!(validate155(data8, {instancePath:instancePath+"/reply",parentData:data,parentDataProperty:"reply",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
var _valid0 = _errs22 === errors;
valid8 = valid8 || _valid0;
const _errs23 = errors;
if(data8 !== null){
const err0 = {instancePath:instancePath+"/reply"};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
var _valid0 = _errs23 === errors;
valid8 = valid8 || _valid0;
if(!valid8){
const err1 = {instancePath:instancePath+"/reply"};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
validate150.errors = vErrors;
return false;
}
else {
errors = _errs21;
if(vErrors !== null){
if(_errs21){
vErrors.length = _errs21;
}
else {
vErrors = null;
}
}
}
var valid7 = _errs20 === errors;
}
else {
var valid7 = true;
}
}
}
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
if(props1 !== true){
props1 = true;
}
}
else if(tag0 === "protocol-violation"){
const _errs25 = errors;
if(errors === _errs25){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing3;
if((((data.kind === undefined) && (missing3 = "kind")) || ((data.step === undefined) && (missing3 = "step"))) || ((data.detail === undefined) && (missing3 = "detail"))){
validate150.errors = [{instancePath}];
return false;
}
else {
const _errs27 = errors;
for(const key3 in data){
if(!(((key3 === "kind") || (key3 === "step")) || (key3 === "detail"))){
validate150.errors = [{instancePath}];
return false;
break;
}
}
if(_errs27 === errors){
if(data.kind !== undefined){
const _errs28 = errors;
if("protocol-violation" !== data.kind){
validate150.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid10 = _errs28 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.step !== undefined){
let data10 = data.step;
const _errs29 = errors;
if(!(((((data10 === "connect") || (data10 === "greeting")) || (data10 === "ehlo")) || (data10 === "starttls")) || (data10 === "handshake"))){
validate150.errors = [{instancePath:instancePath+"/step"}];
return false;
}
var valid10 = _errs29 === errors;
}
else {
var valid10 = true;
}
if(valid10){
if(data.detail !== undefined){
const _errs30 = errors;
if(!(validate56(data.detail, {instancePath:instancePath+"/detail",parentData:data,parentDataProperty:"detail",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid10 = _errs30 === errors;
}
else {
var valid10 = true;
}
}
}
}
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
if(props1 !== true){
props1 = true;
}
}
else if(tag0 === "handshake-failed"){
const _errs31 = errors;
if(errors === _errs31){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing4;
if(((data.kind === undefined) && (missing4 = "kind")) || ((data.detail === undefined) && (missing4 = "detail"))){
validate150.errors = [{instancePath}];
return false;
}
else {
const _errs33 = errors;
for(const key4 in data){
if(!((key4 === "kind") || (key4 === "detail"))){
validate150.errors = [{instancePath}];
return false;
break;
}
}
if(_errs33 === errors){
if(data.kind !== undefined){
const _errs34 = errors;
if("handshake-failed" !== data.kind){
validate150.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid12 = _errs34 === errors;
}
else {
var valid12 = true;
}
if(valid12){
if(data.detail !== undefined){
const _errs35 = errors;
if(!(validate56(data.detail, {instancePath:instancePath+"/detail",parentData:data,parentDataProperty:"detail",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid12 = _errs35 === errors;
}
else {
var valid12 = true;
}
}
}
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
if(props1 !== true){
props1 = true;
}
}
else if(tag0 === "turned-away"){
const _errs36 = errors;
if(errors === _errs36){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing5;
if(((data.kind === undefined) && (missing5 = "kind")) || ((data.reply === undefined) && (missing5 = "reply"))){
validate150.errors = [{instancePath}];
return false;
}
else {
const _errs38 = errors;
for(const key5 in data){
if(!((key5 === "kind") || (key5 === "reply"))){
validate150.errors = [{instancePath}];
return false;
break;
}
}
if(_errs38 === errors){
if(data.kind !== undefined){
const _errs39 = errors;
if("turned-away" !== data.kind){
validate150.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid14 = _errs39 === errors;
}
else {
var valid14 = true;
}
if(valid14){
if(data.reply !== undefined){
const _errs40 = errors;
if(!(validate155(data.reply, {instancePath:instancePath+"/reply",parentData:data,parentDataProperty:"reply",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate155.errors : vErrors.concat(validate155.errors);
errors = vErrors.length;
}
var valid14 = _errs40 === errors;
}
else {
var valid14 = true;
}
}
}
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
if(props1 !== true){
props1 = true;
}
}
else if(tag0 === "unreachable"){
const _errs41 = errors;
if(errors === _errs41){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing6;
if((((data.kind === undefined) && (missing6 = "kind")) || ((data.step === undefined) && (missing6 = "step"))) || ((data.reason === undefined) && (missing6 = "reason"))){
validate150.errors = [{instancePath}];
return false;
}
else {
const _errs43 = errors;
for(const key6 in data){
if(!(((key6 === "kind") || (key6 === "step")) || (key6 === "reason"))){
validate150.errors = [{instancePath}];
return false;
break;
}
}
if(_errs43 === errors){
if(data.kind !== undefined){
const _errs44 = errors;
if("unreachable" !== data.kind){
validate150.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid16 = _errs44 === errors;
}
else {
var valid16 = true;
}
if(valid16){
if(data.step !== undefined){
let data17 = data.step;
const _errs45 = errors;
if(!(((((data17 === "connect") || (data17 === "greeting")) || (data17 === "ehlo")) || (data17 === "starttls")) || (data17 === "handshake"))){
validate150.errors = [{instancePath:instancePath+"/step"}];
return false;
}
var valid16 = _errs45 === errors;
}
else {
var valid16 = true;
}
if(valid16){
if(data.reason !== undefined){
const _errs46 = errors;
if(!(validate56(data.reason, {instancePath:instancePath+"/reason",parentData:data,parentDataProperty:"reason",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate56.errors : vErrors.concat(validate56.errors);
errors = vErrors.length;
}
var valid16 = _errs46 === errors;
}
else {
var valid16 = true;
}
}
}
}
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
if(props1 !== true){
props1 = true;
}
}
else if(tag0 === "unobserved"){
if(!(validate69(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate69.errors : vErrors.concat(validate69.errors);
errors = vErrors.length;
}
if(props1 !== true){
props1 = true;
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
else {
validate150.errors = [{instancePath}];
return false;
}
}
validate150.errors = vErrors;
evaluated0.props = props1;
return errors === 0;
}
validate150.evaluated = {"dynamicProps":true,"dynamicItems":false};


function validate144(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate144.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
let missing0;
if(((((((data.kind === undefined) && (missing0 = "kind")) || ((data.version === undefined) && (missing0 = "version"))) || ((data.at === undefined) && (missing0 = "at"))) || ((data.host === undefined) && (missing0 = "host"))) || ((data.address === undefined) && (missing0 = "address"))) || ((data.seen === undefined) && (missing0 = "seen"))){
validate144.errors = [{instancePath}];
return false;
}
else {
const _errs1 = errors;
for(const key0 in data){
if(!((((((key0 === "kind") || (key0 === "version")) || (key0 === "at")) || (key0 === "host")) || (key0 === "address")) || (key0 === "seen"))){
validate144.errors = [{instancePath}];
return false;
break;
}
}
if(_errs1 === errors){
if(data.kind !== undefined){
const _errs2 = errors;
if("probe" !== data.kind){
validate144.errors = [{instancePath:instancePath+"/kind"}];
return false;
}
var valid0 = _errs2 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.version !== undefined){
const _errs3 = errors;
if(1 !== data.version){
validate144.errors = [{instancePath:instancePath+"/version"}];
return false;
}
var valid0 = _errs3 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.at !== undefined){
const _errs4 = errors;
if(!(validate54(data.at, {instancePath:instancePath+"/at",parentData:data,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid0 = _errs4 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.host !== undefined){
const _errs5 = errors;
if(!(validate87(data.host, {instancePath:instancePath+"/host",parentData:data,parentDataProperty:"host",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate87.errors : vErrors.concat(validate87.errors);
errors = vErrors.length;
}
var valid0 = _errs5 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.address !== undefined){
const _errs6 = errors;
if(!(validate99(data.address, {instancePath:instancePath+"/address",parentData:data,parentDataProperty:"address",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
var valid0 = _errs6 === errors;
}
else {
var valid0 = true;
}
if(valid0){
if(data.seen !== undefined){
let data5 = data.seen;
const _errs7 = errors;
if(errors === _errs7){
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
let missing1;
if((((data5.address === undefined) && (missing1 = "address")) || ((data5.at === undefined) && (missing1 = "at"))) || ((data5.session === undefined) && (missing1 = "session"))){
validate144.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
else {
const _errs9 = errors;
for(const key1 in data5){
if(!(((key1 === "address") || (key1 === "at")) || (key1 === "session"))){
validate144.errors = [{instancePath:instancePath+"/seen"}];
return false;
break;
}
}
if(_errs9 === errors){
if(data5.address !== undefined){
const _errs10 = errors;
if(!(validate99(data5.address, {instancePath:instancePath+"/seen/address",parentData:data5,parentDataProperty:"address",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate99.errors : vErrors.concat(validate99.errors);
errors = vErrors.length;
}
var valid1 = _errs10 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.at !== undefined){
const _errs11 = errors;
if(!(validate54(data5.at, {instancePath:instancePath+"/seen/at",parentData:data5,parentDataProperty:"at",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate54.errors : vErrors.concat(validate54.errors);
errors = vErrors.length;
}
var valid1 = _errs11 === errors;
}
else {
var valid1 = true;
}
if(valid1){
if(data5.session !== undefined){
const _errs12 = errors;
if(!(validate150(data5.session, {instancePath:instancePath+"/seen/session",parentData:data5,parentDataProperty:"session",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate150.errors : vErrors.concat(validate150.errors);
errors = vErrors.length;
}
var valid1 = _errs12 === errors;
}
else {
var valid1 = true;
}
}
}
}
}
}
else {
validate144.errors = [{instancePath:instancePath+"/seen"}];
return false;
}
}
var valid0 = _errs7 === errors;
}
else {
var valid0 = true;
}
}
}
}
}
}
}
}
}
else {
validate144.errors = [{instancePath}];
return false;
}
}
validate144.errors = vErrors;
return errors === 0;
}
validate144.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate52(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
/*# sourceURL="urn:mta-sts-gate:evidence-v1" */;
let vErrors = null;
let errors = 0;
const evaluated0 = validate52.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(errors === 0){
if(data && typeof data == "object" && !Array.isArray(data)){
const tag0 = data.kind;
if(typeof tag0 == "string"){
if(tag0 === "header"){
if(!(validate53(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate53.errors : vErrors.concat(validate53.errors);
errors = vErrors.length;
}
var props0 = true;
}
else if(tag0 === "end"){
if(!(validate58(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate58.errors : vErrors.concat(validate58.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "txt"){
if(!(validate65(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate65.errors : vErrors.concat(validate65.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "mx"){
if(!(validate85(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate85.errors : vErrors.concat(validate85.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "addresses"){
if(!(validate96(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate96.errors : vErrors.concat(validate96.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "tlsa"){
if(!(validate103(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate103.errors : vErrors.concat(validate103.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "policy"){
if(!(validate111(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate111.errors : vErrors.concat(validate111.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else if(tag0 === "probe"){
if(!(validate144(data, {instancePath,parentData,parentDataProperty,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate144.errors : vErrors.concat(validate144.errors);
errors = vErrors.length;
}
if(props0 !== true){
props0 = true;
}
}
else {
validate52.errors = [{instancePath}];
return false;
}
}
else {
validate52.errors = [{instancePath}];
return false;
}
}
else {
validate52.errors = [{instancePath}];
return false;
}
}
validate52.errors = vErrors;
evaluated0.props = props0;
return errors === 0;
}
validate52.evaluated = {"dynamicProps":true,"dynamicItems":false};



/***/ })

/******/ });
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
var __webpack_exports__ = {};
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* reexport safe */ _generated_evidence_v1_cjs__WEBPACK_IMPORTED_MODULE_0__.i)
/* harmony export */ });
/* harmony import */ var _generated_evidence_v1_cjs__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(807);


var __webpack_exports__isEvidenceLine = __webpack_exports__.i;
export { __webpack_exports__isEvidenceLine as isEvidenceLine };
