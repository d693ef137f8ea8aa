import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 1630:
/***/ ((__unused_webpack_module, exports) => {



exports.toString = function (klass) {
  switch (klass) {
    case 1: return 'IN'
    case 2: return 'CS'
    case 3: return 'CH'
    case 4: return 'HS'
    case 255: return 'ANY'
  }
  return 'UNKNOWN_' + klass
}

exports.toClass = function (name) {
  switch (name.toUpperCase()) {
    case 'IN': return 1
    case 'CS': return 2
    case 'CH': return 3
    case 'HS': return 4
    case 'ANY': return 255
  }
  return 0
}


/***/ }),

/***/ 4894:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



const Buffer = (__nccwpck_require__(181).Buffer)
const types = __nccwpck_require__(1891)
const rcodes = __nccwpck_require__(2028)
const opcodes = __nccwpck_require__(4693)
const classes = __nccwpck_require__(1630)
const optioncodes = __nccwpck_require__(2075)
const ip = __nccwpck_require__(4550)

const QUERY_FLAG = 0
const RESPONSE_FLAG = 1 << 15
const FLUSH_MASK = 1 << 15
const NOT_FLUSH_MASK = ~FLUSH_MASK
const QU_MASK = 1 << 15
const NOT_QU_MASK = ~QU_MASK

const name = exports.name = {}

name.encode = function (str, buf, offset, { mail = false } = {}) {
  if (!buf) buf = Buffer.alloc(name.encodingLength(str))
  if (!offset) offset = 0
  const oldOffset = offset

  const n = str.replace(/^\.|\.$/gm, '')
  if (n.length) {
    let list = []
    if (mail) {
      let localPart = ''
      n.split('.').forEach(label => {
        if (label.endsWith('\\')) {
          localPart += (localPart.length ? '.' : '') + label.slice(0, -1)
        } else {
          if (list.length === 0 && localPart.length) {
            list.push(localPart + '.' + label)
          } else {
            list.push(label)
          }
        }
      })
    } else {
      list = n.split('.')
    }

    for (let i = 0; i < list.length; i++) {
      const len = buf.write(list[i], offset + 1)
      buf[offset] = len
      offset += len + 1
    }
  }

  buf[offset++] = 0

  name.encode.bytes = offset - oldOffset
  return buf
}

name.encode.bytes = 0

name.decode = function (buf, offset, { mail = false } = {}) {
  if (!offset) offset = 0

  const list = []
  let oldOffset = offset
  let totalLength = 0
  let consumedBytes = 0
  let jumped = false

  while (true) {
    if (offset >= buf.length) {
      throw new Error('Cannot decode name (buffer overflow)')
    }
    const len = buf[offset++]
    consumedBytes += jumped ? 0 : 1

    if (len === 0) {
      break
    } else if ((len & 0xc0) === 0) {
      if (offset + len > buf.length) {
        throw new Error('Cannot decode name (buffer overflow)')
      }
      totalLength += len + 1
      if (totalLength > 254) {
        throw new Error('Cannot decode name (name too long)')
      }
      let label = buf.toString('utf-8', offset, offset + len)
      if (mail) {
        label = label.replace(/\./g, '\\.')
      }
      list.push(label)
      offset += len
      consumedBytes += jumped ? 0 : len
    } else if ((len & 0xc0) === 0xc0) {
      if (offset + 1 > buf.length) {
        throw new Error('Cannot decode name (buffer overflow)')
      }
      const jumpOffset = buf.readUInt16BE(offset - 1) - 0xc000
      if (jumpOffset >= oldOffset) {
        throw new Error('Cannot decode name (bad pointer)')
      }
      offset = jumpOffset
      oldOffset = jumpOffset
      consumedBytes += jumped ? 0 : 1
      jumped = true
    } else {
      throw new Error('Cannot decode name (bad label)')
    }
  }

  name.decode.bytes = consumedBytes
  return list.length === 0 ? '.' : list.join('.')
}

name.decode.bytes = 0

name.encodingLength = function (n) {
  if (n === '.' || n === '..') return 1
  return Buffer.byteLength(n.replace(/^\.|\.$/gm, '')) + 2
}

const string = {}

string.encode = function (s, buf, offset) {
  if (!buf) buf = Buffer.alloc(string.encodingLength(s))
  if (!offset) offset = 0

  const len = buf.write(s, offset + 1)
  buf[offset] = len
  string.encode.bytes = len + 1
  return buf
}

string.encode.bytes = 0

string.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf[offset]
  const s = buf.toString('utf-8', offset + 1, offset + 1 + len)
  string.decode.bytes = len + 1
  return s
}

string.decode.bytes = 0

string.encodingLength = function (s) {
  return Buffer.byteLength(s) + 1
}

const header = {}

header.encode = function (h, buf, offset) {
  if (!buf) buf = header.encodingLength(h)
  if (!offset) offset = 0

  const flags = (h.flags || 0) & 32767
  const type = h.type === 'response' ? RESPONSE_FLAG : QUERY_FLAG

  buf.writeUInt16BE(h.id || 0, offset)
  buf.writeUInt16BE(flags | type, offset + 2)
  buf.writeUInt16BE(h.questions.length, offset + 4)
  buf.writeUInt16BE(h.answers.length, offset + 6)
  buf.writeUInt16BE(h.authorities.length, offset + 8)
  buf.writeUInt16BE(h.additionals.length, offset + 10)

  return buf
}

header.encode.bytes = 12

header.decode = function (buf, offset) {
  if (!offset) offset = 0
  if (buf.length < 12) throw new Error('Header must be 12 bytes')
  const flags = buf.readUInt16BE(offset + 2)

  return {
    id: buf.readUInt16BE(offset),
    type: flags & RESPONSE_FLAG ? 'response' : 'query',
    flags: flags & 32767,
    flag_qr: ((flags >> 15) & 0x1) === 1,
    opcode: opcodes.toString((flags >> 11) & 0xf),
    flag_aa: ((flags >> 10) & 0x1) === 1,
    flag_tc: ((flags >> 9) & 0x1) === 1,
    flag_rd: ((flags >> 8) & 0x1) === 1,
    flag_ra: ((flags >> 7) & 0x1) === 1,
    flag_z: ((flags >> 6) & 0x1) === 1,
    flag_ad: ((flags >> 5) & 0x1) === 1,
    flag_cd: ((flags >> 4) & 0x1) === 1,
    rcode: rcodes.toString(flags & 0xf),
    questions: new Array(buf.readUInt16BE(offset + 4)),
    answers: new Array(buf.readUInt16BE(offset + 6)),
    authorities: new Array(buf.readUInt16BE(offset + 8)),
    additionals: new Array(buf.readUInt16BE(offset + 10))
  }
}

header.decode.bytes = 12

header.encodingLength = function () {
  return 12
}

const runknown = exports.unknown = {}

runknown.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(runknown.encodingLength(data))
  if (!offset) offset = 0

  buf.writeUInt16BE(data.length, offset)
  data.copy(buf, offset + 2)

  runknown.encode.bytes = data.length + 2
  return buf
}

runknown.encode.bytes = 0

runknown.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf.readUInt16BE(offset)
  const data = buf.slice(offset + 2, offset + 2 + len)
  runknown.decode.bytes = len + 2
  return data
}

runknown.decode.bytes = 0

runknown.encodingLength = function (data) {
  return data.length + 2
}

const rns = exports.ns = {}

rns.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rns.encodingLength(data))
  if (!offset) offset = 0

  name.encode(data, buf, offset + 2)
  buf.writeUInt16BE(name.encode.bytes, offset)
  rns.encode.bytes = name.encode.bytes + 2
  return buf
}

rns.encode.bytes = 0

rns.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf.readUInt16BE(offset)
  const dd = name.decode(buf, offset + 2)

  rns.decode.bytes = len + 2
  return dd
}

rns.decode.bytes = 0

rns.encodingLength = function (data) {
  return name.encodingLength(data) + 2
}

const rsoa = exports.soa = {}

rsoa.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rsoa.encodingLength(data))
  if (!offset) offset = 0

  const oldOffset = offset
  offset += 2
  name.encode(data.mname, buf, offset)
  offset += name.encode.bytes
  name.encode(data.rname, buf, offset, { mail: true })
  offset += name.encode.bytes
  buf.writeUInt32BE(data.serial || 0, offset)
  offset += 4
  buf.writeUInt32BE(data.refresh || 0, offset)
  offset += 4
  buf.writeUInt32BE(data.retry || 0, offset)
  offset += 4
  buf.writeUInt32BE(data.expire || 0, offset)
  offset += 4
  buf.writeUInt32BE(data.minimum || 0, offset)
  offset += 4

  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rsoa.encode.bytes = offset - oldOffset
  return buf
}

rsoa.encode.bytes = 0

rsoa.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset

  const data = {}
  offset += 2
  data.mname = name.decode(buf, offset)
  offset += name.decode.bytes
  data.rname = name.decode(buf, offset, { mail: true })
  offset += name.decode.bytes
  data.serial = buf.readUInt32BE(offset)
  offset += 4
  data.refresh = buf.readUInt32BE(offset)
  offset += 4
  data.retry = buf.readUInt32BE(offset)
  offset += 4
  data.expire = buf.readUInt32BE(offset)
  offset += 4
  data.minimum = buf.readUInt32BE(offset)
  offset += 4

  rsoa.decode.bytes = offset - oldOffset
  return data
}

rsoa.decode.bytes = 0

rsoa.encodingLength = function (data) {
  return 22 + name.encodingLength(data.mname) + name.encodingLength(data.rname)
}

const rtxt = exports.txt = {}

rtxt.encode = function (data, buf, offset) {
  if (!Array.isArray(data)) data = [data]
  for (let i = 0; i < data.length; i++) {
    if (typeof data[i] === 'string') {
      data[i] = Buffer.from(data[i])
    }
    if (!Buffer.isBuffer(data[i])) {
      throw new Error('Must be a Buffer')
    }
  }

  if (!buf) buf = Buffer.alloc(rtxt.encodingLength(data))
  if (!offset) offset = 0

  const oldOffset = offset
  offset += 2

  data.forEach(function (d) {
    buf[offset++] = d.length
    d.copy(buf, offset, 0, d.length)
    offset += d.length
  })

  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rtxt.encode.bytes = offset - oldOffset
  return buf
}

rtxt.encode.bytes = 0

rtxt.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset
  let remaining = buf.readUInt16BE(offset)
  offset += 2

  let data = []
  while (remaining > 0) {
    const len = buf[offset++]
    --remaining
    if (remaining < len) {
      throw new Error('Buffer overflow')
    }
    data.push(buf.slice(offset, offset + len))
    offset += len
    remaining -= len
  }

  rtxt.decode.bytes = offset - oldOffset
  return data
}

rtxt.decode.bytes = 0

rtxt.encodingLength = function (data) {
  if (!Array.isArray(data)) data = [data]
  let length = 2
  data.forEach(function (buf) {
    if (typeof buf === 'string') {
      length += Buffer.byteLength(buf) + 1
    } else {
      length += buf.length + 1
    }
  })
  return length
}

const rnull = exports["null"] = {}

rnull.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rnull.encodingLength(data))
  if (!offset) offset = 0

  if (typeof data === 'string') data = Buffer.from(data)
  if (!data) data = Buffer.alloc(0)

  const oldOffset = offset
  offset += 2

  const len = data.length
  data.copy(buf, offset, 0, len)
  offset += len

  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rnull.encode.bytes = offset - oldOffset
  return buf
}

rnull.encode.bytes = 0

rnull.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset
  const len = buf.readUInt16BE(offset)

  offset += 2

  const data = buf.slice(offset, offset + len)
  offset += len

  rnull.decode.bytes = offset - oldOffset
  return data
}

rnull.decode.bytes = 0

rnull.encodingLength = function (data) {
  if (!data) return 2
  return (Buffer.isBuffer(data) ? data.length : Buffer.byteLength(data)) + 2
}

const rhinfo = exports.hinfo = {}

rhinfo.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rhinfo.encodingLength(data))
  if (!offset) offset = 0

  const oldOffset = offset
  offset += 2
  string.encode(data.cpu, buf, offset)
  offset += string.encode.bytes
  string.encode(data.os, buf, offset)
  offset += string.encode.bytes
  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rhinfo.encode.bytes = offset - oldOffset
  return buf
}

rhinfo.encode.bytes = 0

rhinfo.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset

  const data = {}
  offset += 2
  data.cpu = string.decode(buf, offset)
  offset += string.decode.bytes
  data.os = string.decode(buf, offset)
  offset += string.decode.bytes
  rhinfo.decode.bytes = offset - oldOffset
  return data
}

rhinfo.decode.bytes = 0

rhinfo.encodingLength = function (data) {
  return string.encodingLength(data.cpu) + string.encodingLength(data.os) + 2
}

const rptr = exports.ptr = {}
const rcname = exports.cname = rptr
const rdname = exports.dname = rptr

rptr.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rptr.encodingLength(data))
  if (!offset) offset = 0

  name.encode(data, buf, offset + 2)
  buf.writeUInt16BE(name.encode.bytes, offset)
  rptr.encode.bytes = name.encode.bytes + 2
  return buf
}

rptr.encode.bytes = 0

rptr.decode = function (buf, offset) {
  if (!offset) offset = 0

  const data = name.decode(buf, offset + 2)
  rptr.decode.bytes = name.decode.bytes + 2
  return data
}

rptr.decode.bytes = 0

rptr.encodingLength = function (data) {
  return name.encodingLength(data) + 2
}

const rsrv = exports.srv = {}

rsrv.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rsrv.encodingLength(data))
  if (!offset) offset = 0

  buf.writeUInt16BE(data.priority || 0, offset + 2)
  buf.writeUInt16BE(data.weight || 0, offset + 4)
  buf.writeUInt16BE(data.port || 0, offset + 6)
  name.encode(data.target, buf, offset + 8)

  const len = name.encode.bytes + 6
  buf.writeUInt16BE(len, offset)

  rsrv.encode.bytes = len + 2
  return buf
}

rsrv.encode.bytes = 0

rsrv.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf.readUInt16BE(offset)

  const data = {}
  data.priority = buf.readUInt16BE(offset + 2)
  data.weight = buf.readUInt16BE(offset + 4)
  data.port = buf.readUInt16BE(offset + 6)
  data.target = name.decode(buf, offset + 8)

  rsrv.decode.bytes = len + 2
  return data
}

rsrv.decode.bytes = 0

rsrv.encodingLength = function (data) {
  return 8 + name.encodingLength(data.target)
}

const rcaa = exports.caa = {}

rcaa.ISSUER_CRITICAL = 1 << 7

rcaa.encode = function (data, buf, offset) {
  const len = rcaa.encodingLength(data)

  if (!buf) buf = Buffer.alloc(rcaa.encodingLength(data))
  if (!offset) offset = 0

  if (data.issuerCritical) {
    data.flags = rcaa.ISSUER_CRITICAL
  }

  buf.writeUInt16BE(len - 2, offset)
  offset += 2
  buf.writeUInt8(data.flags || 0, offset)
  offset += 1
  string.encode(data.tag, buf, offset)
  offset += string.encode.bytes
  buf.write(data.value, offset)
  offset += Buffer.byteLength(data.value)

  rcaa.encode.bytes = len
  return buf
}

rcaa.encode.bytes = 0

rcaa.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf.readUInt16BE(offset)
  offset += 2

  const oldOffset = offset
  const data = {}
  data.flags = buf.readUInt8(offset)
  offset += 1
  data.tag = string.decode(buf, offset)
  offset += string.decode.bytes
  data.value = buf.toString('utf-8', offset, oldOffset + len)

  data.issuerCritical = !!(data.flags & rcaa.ISSUER_CRITICAL)

  rcaa.decode.bytes = len + 2

  return data
}

rcaa.decode.bytes = 0

rcaa.encodingLength = function (data) {
  return string.encodingLength(data.tag) + string.encodingLength(data.value) + 2
}

const rmx = exports.mx = {}

rmx.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rmx.encodingLength(data))
  if (!offset) offset = 0

  const oldOffset = offset
  offset += 2
  buf.writeUInt16BE(data.preference || 0, offset)
  offset += 2
  name.encode(data.exchange, buf, offset)
  offset += name.encode.bytes

  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rmx.encode.bytes = offset - oldOffset
  return buf
}

rmx.encode.bytes = 0

rmx.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset

  const data = {}
  offset += 2
  data.preference = buf.readUInt16BE(offset)
  offset += 2
  data.exchange = name.decode(buf, offset)
  offset += name.decode.bytes

  rmx.decode.bytes = offset - oldOffset
  return data
}

rmx.encodingLength = function (data) {
  return 4 + name.encodingLength(data.exchange)
}

const ra = exports.a = {}

ra.encode = function (host, buf, offset) {
  if (!buf) buf = Buffer.alloc(ra.encodingLength(host))
  if (!offset) offset = 0

  buf.writeUInt16BE(4, offset)
  offset += 2
  ip.v4.encode(host, buf, offset)
  ra.encode.bytes = 6
  return buf
}

ra.encode.bytes = 0

ra.decode = function (buf, offset) {
  if (!offset) offset = 0

  offset += 2
  const host = ip.v4.decode(buf, offset)
  ra.decode.bytes = 6
  return host
}

ra.decode.bytes = 0

ra.encodingLength = function () {
  return 6
}

const raaaa = exports.aaaa = {}

raaaa.encode = function (host, buf, offset) {
  if (!buf) buf = Buffer.alloc(raaaa.encodingLength(host))
  if (!offset) offset = 0

  buf.writeUInt16BE(16, offset)
  offset += 2
  ip.v6.encode(host, buf, offset)
  raaaa.encode.bytes = 18
  return buf
}

raaaa.encode.bytes = 0

raaaa.decode = function (buf, offset) {
  if (!offset) offset = 0

  offset += 2
  const host = ip.v6.decode(buf, offset)
  raaaa.decode.bytes = 18
  return host
}

raaaa.decode.bytes = 0

raaaa.encodingLength = function () {
  return 18
}

const roption = exports.option = {}

roption.encode = function (option, buf, offset) {
  if (!buf) buf = Buffer.alloc(roption.encodingLength(option))
  if (!offset) offset = 0
  const oldOffset = offset

  const code = optioncodes.toCode(option.code)
  buf.writeUInt16BE(code, offset)
  offset += 2
  if (option.data) {
    buf.writeUInt16BE(option.data.length, offset)
    offset += 2
    option.data.copy(buf, offset)
    offset += option.data.length
  } else {
    switch (code) {
      case 8: // ECS
        const spl = option.sourcePrefixLength || 0
        const fam = option.family || ip.familyOf(option.ip)
        const ipBuf = ip.encode(option.ip, Buffer.alloc)
        const ipLen = Math.ceil(spl / 8)
        buf.writeUInt16BE(ipLen + 4, offset)
        offset += 2
        buf.writeUInt16BE(fam, offset)
        offset += 2
        buf.writeUInt8(spl, offset++)
        buf.writeUInt8(option.scopePrefixLength || 0, offset++)

        ipBuf.copy(buf, offset, 0, ipLen)
        offset += ipLen
        break
      case 11: // KEEP-ALIVE
        if (option.timeout) {
          buf.writeUInt16BE(2, offset)
          offset += 2
          buf.writeUInt16BE(option.timeout, offset)
          offset += 2
        } else {
          buf.writeUInt16BE(0, offset)
          offset += 2
        }
        break
      case 12: // PADDING
        const len = option.length || 0
        buf.writeUInt16BE(len, offset)
        offset += 2
        buf.fill(0, offset, offset + len)
        offset += len
        break
      case 14: // KEY-TAG
        const tagsLen = option.tags.length * 2
        buf.writeUInt16BE(tagsLen, offset)
        offset += 2
        for (const tag of option.tags) {
          buf.writeUInt16BE(tag, offset)
          offset += 2
        }
        break
      default:
        throw new Error(`Unknown roption code: ${option.code}`)
    }
  }

  roption.encode.bytes = offset - oldOffset
  return buf
}

roption.encode.bytes = 0

roption.decode = function (buf, offset) {
  if (!offset) offset = 0
  const option = {}
  option.code = buf.readUInt16BE(offset)
  option.type = optioncodes.toString(option.code)
  offset += 2
  const len = buf.readUInt16BE(offset)
  offset += 2
  option.data = buf.slice(offset, offset + len)
  switch (option.code) {
    case 8: // ECS
      option.family = buf.readUInt16BE(offset)
      offset += 2
      option.sourcePrefixLength = buf.readUInt8(offset++)
      option.scopePrefixLength = buf.readUInt8(offset++)
      const padded = Buffer.alloc((option.family === 1) ? 4 : 16)
      buf.copy(padded, 0, offset, offset + len - 4)
      option.ip = ip.decode(padded)
      break
    case 11: // KEEP-ALIVE
      if (len > 0) {
        option.timeout = buf.readUInt16BE(offset)
        offset += 2
      }
      break
    case 14:
      option.tags = []
      for (let i = 0; i < len; i += 2) {
        option.tags.push(buf.readUInt16BE(offset))
        offset += 2
      }
  }

  roption.decode.bytes = len + 4
  return option
}

roption.decode.bytes = 0

roption.encodingLength = function (option) {
  if (option.data) {
    return option.data.length + 4
  }
  const code = optioncodes.toCode(option.code)
  switch (code) {
    case 8: // ECS
      const spl = option.sourcePrefixLength || 0
      return Math.ceil(spl / 8) + 8
    case 11: // KEEP-ALIVE
      return (typeof option.timeout === 'number') ? 6 : 4
    case 12: // PADDING
      return option.length + 4
    case 14: // KEY-TAG
      return 4 + (option.tags.length * 2)
  }
  throw new Error(`Unknown roption code: ${option.code}`)
}

const ropt = exports.opt = {}

ropt.encode = function (options, buf, offset) {
  if (!buf) buf = Buffer.alloc(ropt.encodingLength(options))
  if (!offset) offset = 0
  const oldOffset = offset

  const rdlen = encodingLengthList(options, roption)
  buf.writeUInt16BE(rdlen, offset)
  offset = encodeList(options, roption, buf, offset + 2)

  ropt.encode.bytes = offset - oldOffset
  return buf
}

ropt.encode.bytes = 0

ropt.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  const options = []
  let rdlen = buf.readUInt16BE(offset)
  offset += 2
  let o = 0
  while (rdlen > 0) {
    options[o++] = roption.decode(buf, offset)
    offset += roption.decode.bytes
    rdlen -= roption.decode.bytes
  }
  ropt.decode.bytes = offset - oldOffset
  return options
}

ropt.decode.bytes = 0

ropt.encodingLength = function (options) {
  return 2 + encodingLengthList(options || [], roption)
}

const rdnskey = exports.dnskey = {}

rdnskey.PROTOCOL_DNSSEC = 3
rdnskey.ZONE_KEY = 0x80
rdnskey.SECURE_ENTRYPOINT = 0x8000

rdnskey.encode = function (key, buf, offset) {
  if (!buf) buf = Buffer.alloc(rdnskey.encodingLength(key))
  if (!offset) offset = 0
  const oldOffset = offset

  const keydata = key.key
  if (!Buffer.isBuffer(keydata)) {
    throw new Error('Key must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt16BE(key.flags, offset)
  offset += 2
  buf.writeUInt8(rdnskey.PROTOCOL_DNSSEC, offset)
  offset += 1
  buf.writeUInt8(key.algorithm, offset)
  offset += 1
  keydata.copy(buf, offset, 0, keydata.length)
  offset += keydata.length

  rdnskey.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rdnskey.encode.bytes - 2, oldOffset)
  return buf
}

rdnskey.encode.bytes = 0

rdnskey.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var key = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  key.flags = buf.readUInt16BE(offset)
  offset += 2
  if (buf.readUInt8(offset) !== rdnskey.PROTOCOL_DNSSEC) {
    throw new Error('Protocol must be 3')
  }
  offset += 1
  key.algorithm = buf.readUInt8(offset)
  offset += 1
  key.key = buf.slice(offset, oldOffset + length + 2)
  offset += key.key.length
  rdnskey.decode.bytes = offset - oldOffset
  return key
}

rdnskey.decode.bytes = 0

rdnskey.encodingLength = function (key) {
  return 6 + Buffer.byteLength(key.key)
}

const rrrsig = exports.rrsig = {}

rrrsig.encode = function (sig, buf, offset) {
  if (!buf) buf = Buffer.alloc(rrrsig.encodingLength(sig))
  if (!offset) offset = 0
  const oldOffset = offset

  const signature = sig.signature
  if (!Buffer.isBuffer(signature)) {
    throw new Error('Signature must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt16BE(types.toType(sig.typeCovered), offset)
  offset += 2
  buf.writeUInt8(sig.algorithm, offset)
  offset += 1
  buf.writeUInt8(sig.labels, offset)
  offset += 1
  buf.writeUInt32BE(sig.originalTTL, offset)
  offset += 4
  buf.writeUInt32BE(sig.expiration, offset)
  offset += 4
  buf.writeUInt32BE(sig.inception, offset)
  offset += 4
  buf.writeUInt16BE(sig.keyTag, offset)
  offset += 2
  name.encode(sig.signersName, buf, offset)
  offset += name.encode.bytes
  signature.copy(buf, offset, 0, signature.length)
  offset += signature.length

  rrrsig.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rrrsig.encode.bytes - 2, oldOffset)
  return buf
}

rrrsig.encode.bytes = 0

rrrsig.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var sig = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  sig.typeCovered = types.toString(buf.readUInt16BE(offset))
  offset += 2
  sig.algorithm = buf.readUInt8(offset)
  offset += 1
  sig.labels = buf.readUInt8(offset)
  offset += 1
  sig.originalTTL = buf.readUInt32BE(offset)
  offset += 4
  sig.expiration = buf.readUInt32BE(offset)
  offset += 4
  sig.inception = buf.readUInt32BE(offset)
  offset += 4
  sig.keyTag = buf.readUInt16BE(offset)
  offset += 2
  sig.signersName = name.decode(buf, offset)
  offset += name.decode.bytes
  sig.signature = buf.slice(offset, oldOffset + length + 2)
  offset += sig.signature.length
  rrrsig.decode.bytes = offset - oldOffset
  return sig
}

rrrsig.decode.bytes = 0

rrrsig.encodingLength = function (sig) {
  return 20 +
    name.encodingLength(sig.signersName) +
    Buffer.byteLength(sig.signature)
}

const rrp = exports.rp = {}

rrp.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rrp.encodingLength(data))
  if (!offset) offset = 0
  const oldOffset = offset

  offset += 2 // Leave space for length
  name.encode(data.mbox || '.', buf, offset, { mail: true })
  offset += name.encode.bytes
  name.encode(data.txt || '.', buf, offset)
  offset += name.encode.bytes
  rrp.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rrp.encode.bytes - 2, oldOffset)
  return buf
}

rrp.encode.bytes = 0

rrp.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  const data = {}
  offset += 2
  data.mbox = name.decode(buf, offset, { mail: true }) || '.'
  offset += name.decode.bytes
  data.txt = name.decode(buf, offset) || '.'
  offset += name.decode.bytes
  rrp.decode.bytes = offset - oldOffset
  return data
}

rrp.decode.bytes = 0

rrp.encodingLength = function (data) {
  return 2 + name.encodingLength(data.mbox || '.') + name.encodingLength(data.txt || '.')
}

const typebitmap = {}

typebitmap.encode = function (typelist, buf, offset) {
  if (!buf) buf = Buffer.alloc(typebitmap.encodingLength(typelist))
  if (!offset) offset = 0
  const oldOffset = offset

  var typesByWindow = []
  for (var i = 0; i < typelist.length; i++) {
    var typeid = types.toType(typelist[i])
    if (typesByWindow[typeid >> 8] === undefined) {
      typesByWindow[typeid >> 8] = []
    }
    typesByWindow[typeid >> 8][(typeid >> 3) & 0x1F] |= 1 << (7 - (typeid & 0x7))
  }

  for (i = 0; i < typesByWindow.length; i++) {
    if (typesByWindow[i] !== undefined) {
      var windowBuf = Buffer.from(typesByWindow[i])
      buf.writeUInt8(i, offset)
      offset += 1
      buf.writeUInt8(windowBuf.length, offset)
      offset += 1
      windowBuf.copy(buf, offset)
      offset += windowBuf.length
    }
  }

  typebitmap.encode.bytes = offset - oldOffset
  return buf
}

typebitmap.encode.bytes = 0

typebitmap.decode = function (buf, offset, length) {
  if (!offset) offset = 0
  const oldOffset = offset

  var typelist = []
  while (offset - oldOffset < length) {
    var window = buf.readUInt8(offset)
    offset += 1
    var windowLength = buf.readUInt8(offset)
    offset += 1
    for (var i = 0; i < windowLength; i++) {
      var b = buf.readUInt8(offset + i)
      for (var j = 0; j < 8; j++) {
        if (b & (1 << (7 - j))) {
          var typeid = types.toString((window << 8) | (i << 3) | j)
          typelist.push(typeid)
        }
      }
    }
    offset += windowLength
  }

  typebitmap.decode.bytes = offset - oldOffset
  return typelist
}

typebitmap.decode.bytes = 0

typebitmap.encodingLength = function (typelist) {
  var extents = []
  for (var i = 0; i < typelist.length; i++) {
    var typeid = types.toType(typelist[i])
    extents[typeid >> 8] = Math.max(extents[typeid >> 8] || 0, typeid & 0xFF)
  }

  var len = 0
  for (i = 0; i < extents.length; i++) {
    if (extents[i] !== undefined) {
      len += 2 + Math.ceil((extents[i] + 1) / 8)
    }
  }

  return len
}

const rnsec = exports.nsec = {}

rnsec.encode = function (record, buf, offset) {
  if (!buf) buf = Buffer.alloc(rnsec.encodingLength(record))
  if (!offset) offset = 0
  const oldOffset = offset

  offset += 2 // Leave space for length
  name.encode(record.nextDomain, buf, offset)
  offset += name.encode.bytes
  typebitmap.encode(record.rrtypes, buf, offset)
  offset += typebitmap.encode.bytes

  rnsec.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rnsec.encode.bytes - 2, oldOffset)
  return buf
}

rnsec.encode.bytes = 0

rnsec.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var record = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  record.nextDomain = name.decode(buf, offset)
  offset += name.decode.bytes
  record.rrtypes = typebitmap.decode(buf, offset, length - (offset - oldOffset))
  offset += typebitmap.decode.bytes

  rnsec.decode.bytes = offset - oldOffset
  return record
}

rnsec.decode.bytes = 0

rnsec.encodingLength = function (record) {
  return 2 +
    name.encodingLength(record.nextDomain) +
    typebitmap.encodingLength(record.rrtypes)
}

const rnsec3 = exports.nsec3 = {}

rnsec3.encode = function (record, buf, offset) {
  if (!buf) buf = Buffer.alloc(rnsec3.encodingLength(record))
  if (!offset) offset = 0
  const oldOffset = offset

  const salt = record.salt
  if (!Buffer.isBuffer(salt)) {
    throw new Error('salt must be a Buffer')
  }

  const nextDomain = record.nextDomain
  if (!Buffer.isBuffer(nextDomain)) {
    throw new Error('nextDomain must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt8(record.algorithm, offset)
  offset += 1
  buf.writeUInt8(record.flags, offset)
  offset += 1
  buf.writeUInt16BE(record.iterations, offset)
  offset += 2
  buf.writeUInt8(salt.length, offset)
  offset += 1
  salt.copy(buf, offset, 0, salt.length)
  offset += salt.length
  buf.writeUInt8(nextDomain.length, offset)
  offset += 1
  nextDomain.copy(buf, offset, 0, nextDomain.length)
  offset += nextDomain.length
  typebitmap.encode(record.rrtypes, buf, offset)
  offset += typebitmap.encode.bytes

  rnsec3.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rnsec3.encode.bytes - 2, oldOffset)
  return buf
}

rnsec3.encode.bytes = 0

rnsec3.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var record = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  record.algorithm = buf.readUInt8(offset)
  offset += 1
  record.flags = buf.readUInt8(offset)
  offset += 1
  record.iterations = buf.readUInt16BE(offset)
  offset += 2
  const saltLength = buf.readUInt8(offset)
  offset += 1
  record.salt = buf.slice(offset, offset + saltLength)
  offset += saltLength
  const hashLength = buf.readUInt8(offset)
  offset += 1
  record.nextDomain = buf.slice(offset, offset + hashLength)
  offset += hashLength
  record.rrtypes = typebitmap.decode(buf, offset, length - (offset - oldOffset))
  offset += typebitmap.decode.bytes

  rnsec3.decode.bytes = offset - oldOffset
  return record
}

rnsec3.decode.bytes = 0

rnsec3.encodingLength = function (record) {
  return 8 +
    record.salt.length +
    record.nextDomain.length +
    typebitmap.encodingLength(record.rrtypes)
}

const rds = exports.ds = {}

rds.encode = function (digest, buf, offset) {
  if (!buf) buf = Buffer.alloc(rds.encodingLength(digest))
  if (!offset) offset = 0
  const oldOffset = offset

  const digestdata = digest.digest
  if (!Buffer.isBuffer(digestdata)) {
    throw new Error('Digest must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt16BE(digest.keyTag, offset)
  offset += 2
  buf.writeUInt8(digest.algorithm, offset)
  offset += 1
  buf.writeUInt8(digest.digestType, offset)
  offset += 1
  digestdata.copy(buf, offset, 0, digestdata.length)
  offset += digestdata.length

  rds.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rds.encode.bytes - 2, oldOffset)
  return buf
}

rds.encode.bytes = 0

rds.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var digest = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  digest.keyTag = buf.readUInt16BE(offset)
  offset += 2
  digest.algorithm = buf.readUInt8(offset)
  offset += 1
  digest.digestType = buf.readUInt8(offset)
  offset += 1
  digest.digest = buf.slice(offset, oldOffset + length + 2)
  offset += digest.digest.length
  rds.decode.bytes = offset - oldOffset
  return digest
}

rds.decode.bytes = 0

rds.encodingLength = function (digest) {
  return 6 + Buffer.byteLength(digest.digest)
}

const rsshfp = exports.sshfp = {}

rsshfp.getFingerprintLengthForHashType = function getFingerprintLengthForHashType (hashType) {
  switch (hashType) {
    case 1: return 20
    case 2: return 32
  }
}

rsshfp.encode = function encode (record, buf, offset) {
  if (!buf) buf = Buffer.alloc(rsshfp.encodingLength(record))
  if (!offset) offset = 0
  const oldOffset = offset

  offset += 2 // The function call starts with the offset pointer at the RDLENGTH field, not the RDATA one
  buf[offset] = record.algorithm
  offset += 1
  buf[offset] = record.hash
  offset += 1

  const fingerprintBuf = Buffer.from(record.fingerprint.toUpperCase(), 'hex')
  if (fingerprintBuf.length !== rsshfp.getFingerprintLengthForHashType(record.hash)) {
    throw new Error('Invalid fingerprint length')
  }
  fingerprintBuf.copy(buf, offset)
  offset += fingerprintBuf.byteLength

  rsshfp.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rsshfp.encode.bytes - 2, oldOffset)

  return buf
}

rsshfp.encode.bytes = 0

rsshfp.decode = function decode (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  const record = {}
  offset += 2 // Account for the RDLENGTH field
  record.algorithm = buf[offset]
  offset += 1
  record.hash = buf[offset]
  offset += 1

  const fingerprintLength = rsshfp.getFingerprintLengthForHashType(record.hash)
  record.fingerprint = buf.slice(offset, offset + fingerprintLength).toString('hex').toUpperCase()
  offset += fingerprintLength
  rsshfp.decode.bytes = offset - oldOffset
  return record
}

rsshfp.decode.bytes = 0

rsshfp.encodingLength = function (record) {
  return 4 + Buffer.from(record.fingerprint, 'hex').byteLength
}

const rnaptr = exports.naptr = {}

rnaptr.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rnaptr.encodingLength(data))
  if (!offset) offset = 0
  const oldOffset = offset
  offset += 2
  buf.writeUInt16BE(data.order || 0, offset)
  offset += 2
  buf.writeUInt16BE(data.preference || 0, offset)
  offset += 2
  string.encode(data.flags, buf, offset)
  offset += string.encode.bytes
  string.encode(data.services, buf, offset)
  offset += string.encode.bytes
  string.encode(data.regexp, buf, offset)
  offset += string.encode.bytes
  name.encode(data.replacement, buf, offset)
  offset += name.encode.bytes
  rnaptr.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rnaptr.encode.bytes - 2, oldOffset)
  return buf
}

rnaptr.encode.bytes = 0

rnaptr.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset
  const data = {}
  offset += 2
  data.order = buf.readUInt16BE(offset)
  offset += 2
  data.preference = buf.readUInt16BE(offset)
  offset += 2
  data.flags = string.decode(buf, offset)
  offset += string.decode.bytes
  data.services = string.decode(buf, offset)
  offset += string.decode.bytes
  data.regexp = string.decode(buf, offset)
  offset += string.decode.bytes
  data.replacement = name.decode(buf, offset)
  offset += name.decode.bytes
  rnaptr.decode.bytes = offset - oldOffset
  return data
}

rnaptr.decode.bytes = 0

rnaptr.encodingLength = function (data) {
  return string.encodingLength(data.flags) +
    string.encodingLength(data.services) +
    string.encodingLength(data.regexp) +
    name.encodingLength(data.replacement) + 6
}

const rtlsa = exports.tlsa = {}

rtlsa.encode = function (cert, buf, offset) {
  if (!buf) buf = Buffer.alloc(rtlsa.encodingLength(cert))
  if (!offset) offset = 0
  const oldOffset = offset

  const certdata = cert.certificate
  if (!Buffer.isBuffer(certdata)) {
    throw new Error('Certificate must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt8(cert.usage, offset)
  offset += 1
  buf.writeUInt8(cert.selector, offset)
  offset += 1
  buf.writeUInt8(cert.matchingType, offset)
  offset += 1
  certdata.copy(buf, offset, 0, certdata.length)
  offset += certdata.length

  rtlsa.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rtlsa.encode.bytes - 2, oldOffset)
  return buf
}

rtlsa.encode.bytes = 0

rtlsa.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  const cert = {}
  const length = buf.readUInt16BE(offset)
  offset += 2
  cert.usage = buf.readUInt8(offset)
  offset += 1
  cert.selector = buf.readUInt8(offset)
  offset += 1
  cert.matchingType = buf.readUInt8(offset)
  offset += 1
  cert.certificate = buf.slice(offset, oldOffset + length + 2)
  offset += cert.certificate.length
  rtlsa.decode.bytes = offset - oldOffset
  return cert
}

rtlsa.decode.bytes = 0

rtlsa.encodingLength = function (cert) {
  return 5 + Buffer.byteLength(cert.certificate)
}

const renc = exports.record = function (type) {
  switch (type.toUpperCase()) {
    case 'A': return ra
    case 'PTR': return rptr
    case 'CNAME': return rcname
    case 'DNAME': return rdname
    case 'TXT': return rtxt
    case 'NULL': return rnull
    case 'AAAA': return raaaa
    case 'SRV': return rsrv
    case 'HINFO': return rhinfo
    case 'CAA': return rcaa
    case 'NS': return rns
    case 'SOA': return rsoa
    case 'MX': return rmx
    case 'OPT': return ropt
    case 'DNSKEY': return rdnskey
    case 'RRSIG': return rrrsig
    case 'RP': return rrp
    case 'NSEC': return rnsec
    case 'NSEC3': return rnsec3
    case 'SSHFP': return rsshfp
    case 'DS': return rds
    case 'NAPTR': return rnaptr
    case 'TLSA': return rtlsa
  }
  return runknown
}

const answer = exports.answer = {}

answer.encode = function (a, buf, offset) {
  if (!buf) buf = Buffer.alloc(answer.encodingLength(a))
  if (!offset) offset = 0

  const oldOffset = offset

  name.encode(a.name, buf, offset)
  offset += name.encode.bytes

  buf.writeUInt16BE(types.toType(a.type), offset)

  if (a.type.toUpperCase() === 'OPT') {
    if (a.name !== '.') {
      throw new Error('OPT name must be root.')
    }
    buf.writeUInt16BE(a.udpPayloadSize || 4096, offset + 2)
    buf.writeUInt8(a.extendedRcode || 0, offset + 4)
    buf.writeUInt8(a.ednsVersion || 0, offset + 5)
    buf.writeUInt16BE(a.flags || 0, offset + 6)

    offset += 8
    ropt.encode(a.options || [], buf, offset)
    offset += ropt.encode.bytes
  } else {
    let klass = classes.toClass(a.class === undefined ? 'IN' : a.class)
    if (a.flush) klass |= FLUSH_MASK // the 1st bit of the class is the flush bit
    buf.writeUInt16BE(klass, offset + 2)
    buf.writeUInt32BE(a.ttl || 0, offset + 4)

    offset += 8
    const enc = renc(a.type)
    enc.encode(a.data, buf, offset)
    offset += enc.encode.bytes
  }

  answer.encode.bytes = offset - oldOffset
  return buf
}

answer.encode.bytes = 0

answer.decode = function (buf, offset) {
  if (!offset) offset = 0

  const a = {}
  const oldOffset = offset

  a.name = name.decode(buf, offset)
  offset += name.decode.bytes
  a.type = types.toString(buf.readUInt16BE(offset))
  if (a.type === 'OPT') {
    a.udpPayloadSize = buf.readUInt16BE(offset + 2)
    a.extendedRcode = buf.readUInt8(offset + 4)
    a.ednsVersion = buf.readUInt8(offset + 5)
    a.flags = buf.readUInt16BE(offset + 6)
    a.flag_do = ((a.flags >> 15) & 0x1) === 1
    a.options = ropt.decode(buf, offset + 8)
    offset += 8 + ropt.decode.bytes
  } else {
    const klass = buf.readUInt16BE(offset + 2)
    a.ttl = buf.readUInt32BE(offset + 4)

    a.class = classes.toString(klass & NOT_FLUSH_MASK)
    a.flush = !!(klass & FLUSH_MASK)

    const enc = renc(a.type)
    a.data = enc.decode(buf, offset + 8)
    offset += 8 + enc.decode.bytes
  }

  answer.decode.bytes = offset - oldOffset
  return a
}

answer.decode.bytes = 0

answer.encodingLength = function (a) {
  const data = (a.data !== null && a.data !== undefined) ? a.data : a.options
  return name.encodingLength(a.name) + 8 + renc(a.type).encodingLength(data)
}

const question = exports.question = {}

question.encode = function (q, buf, offset) {
  if (!buf) buf = Buffer.alloc(question.encodingLength(q))
  if (!offset) offset = 0

  const oldOffset = offset

  name.encode(q.name, buf, offset)
  offset += name.encode.bytes

  buf.writeUInt16BE(types.toType(q.type), offset)
  offset += 2

  buf.writeUInt16BE(classes.toClass(q.class === undefined ? 'IN' : q.class), offset)
  offset += 2

  question.encode.bytes = offset - oldOffset
  return q
}

question.encode.bytes = 0

question.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset
  const q = {}

  q.name = name.decode(buf, offset)
  offset += name.decode.bytes

  q.type = types.toString(buf.readUInt16BE(offset))
  offset += 2

  q.class = classes.toString(buf.readUInt16BE(offset))
  offset += 2

  const qu = !!(q.class & QU_MASK)
  if (qu) q.class &= NOT_QU_MASK

  question.decode.bytes = offset - oldOffset
  return q
}

question.decode.bytes = 0

question.encodingLength = function (q) {
  return name.encodingLength(q.name) + 4
}

exports.AUTHORITATIVE_ANSWER = 1 << 10
exports.TRUNCATED_RESPONSE = 1 << 9
exports.RECURSION_DESIRED = 1 << 8
exports.RECURSION_AVAILABLE = 1 << 7
exports.AUTHENTIC_DATA = 1 << 5
exports.CHECKING_DISABLED = 1 << 4
exports.DNSSEC_OK = 1 << 15

exports.encode = function (result, buf, offset) {
  const allocing = !buf

  if (allocing) buf = Buffer.alloc(exports.encodingLength(result))
  if (!offset) offset = 0

  const oldOffset = offset

  if (!result.questions) result.questions = []
  if (!result.answers) result.answers = []
  if (!result.authorities) result.authorities = []
  if (!result.additionals) result.additionals = []

  header.encode(result, buf, offset)
  offset += header.encode.bytes

  offset = encodeList(result.questions, question, buf, offset)
  offset = encodeList(result.answers, answer, buf, offset)
  offset = encodeList(result.authorities, answer, buf, offset)
  offset = encodeList(result.additionals, answer, buf, offset)

  exports.encode.bytes = offset - oldOffset

  if (allocing && exports.encode.bytes !== buf.length) {
    return buf.slice(0, exports.encode.bytes)
  }

  return buf
}

exports.encode.bytes = 0

exports.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset
  const result = header.decode(buf, offset)
  offset += header.decode.bytes

  offset = decodeList(result.questions, question, buf, offset)
  offset = decodeList(result.answers, answer, buf, offset)
  offset = decodeList(result.authorities, answer, buf, offset)
  offset = decodeList(result.additionals, answer, buf, offset)

  exports.decode.bytes = offset - oldOffset

  return result
}

exports.decode.bytes = 0

exports.encodingLength = function (result) {
  return header.encodingLength(result) +
    encodingLengthList(result.questions || [], question) +
    encodingLengthList(result.answers || [], answer) +
    encodingLengthList(result.authorities || [], answer) +
    encodingLengthList(result.additionals || [], answer)
}

exports.streamEncode = function (result) {
  const buf = exports.encode(result)
  const sbuf = Buffer.alloc(2)
  sbuf.writeUInt16BE(buf.byteLength)
  const combine = Buffer.concat([sbuf, buf])
  exports.streamEncode.bytes = combine.byteLength
  return combine
}

exports.streamEncode.bytes = 0

exports.streamDecode = function (sbuf) {
  const len = sbuf.readUInt16BE(0)
  if (sbuf.byteLength < len + 2) {
    return null
  }
  const result = exports.decode(sbuf.slice(2))
  exports.streamDecode.bytes = exports.decode.bytes
  return result
}

exports.streamDecode.bytes = 0

function encodingLengthList (list, enc) {
  let len = 0
  for (let i = 0; i < list.length; i++) len += enc.encodingLength(list[i])
  return len
}

function encodeList (list, enc, buf, offset) {
  for (let i = 0; i < list.length; i++) {
    enc.encode(list[i], buf, offset)
    offset += enc.encode.bytes
  }
  return offset
}

function decodeList (list, enc, buf, offset) {
  for (let i = 0; i < list.length; i++) {
    list[i] = enc.decode(buf, offset)
    offset += enc.decode.bytes
  }
  return offset
}


/***/ }),

/***/ 4693:
/***/ ((__unused_webpack_module, exports) => {




exports.toString = function (opcode) {
  switch (opcode) {
    case 0: return 'QUERY'
    case 1: return 'IQUERY'
    case 2: return 'STATUS'
    case 3: return 'OPCODE_3'
    case 4: return 'NOTIFY'
    case 5: return 'UPDATE'
    case 6: return 'OPCODE_6'
    case 7: return 'OPCODE_7'
    case 8: return 'OPCODE_8'
    case 9: return 'OPCODE_9'
    case 10: return 'OPCODE_10'
    case 11: return 'OPCODE_11'
    case 12: return 'OPCODE_12'
    case 13: return 'OPCODE_13'
    case 14: return 'OPCODE_14'
    case 15: return 'OPCODE_15'
  }
  return 'OPCODE_' + opcode
}

exports.toOpcode = function (code) {
  switch (code.toUpperCase()) {
    case 'QUERY': return 0
    case 'IQUERY': return 1
    case 'STATUS': return 2
    case 'OPCODE_3': return 3
    case 'NOTIFY': return 4
    case 'UPDATE': return 5
    case 'OPCODE_6': return 6
    case 'OPCODE_7': return 7
    case 'OPCODE_8': return 8
    case 'OPCODE_9': return 9
    case 'OPCODE_10': return 10
    case 'OPCODE_11': return 11
    case 'OPCODE_12': return 12
    case 'OPCODE_13': return 13
    case 'OPCODE_14': return 14
    case 'OPCODE_15': return 15
  }
  return 0
}


/***/ }),

/***/ 2075:
/***/ ((__unused_webpack_module, exports) => {



exports.toString = function (type) {
  switch (type) {
    case 1: return 'LLQ'
    case 2: return 'UL'
    case 3: return 'NSID'
    case 5: return 'DAU'
    case 6: return 'DHU'
    case 7: return 'N3U'
    case 8: return 'CLIENT_SUBNET'
    case 9: return 'EXPIRE'
    case 10: return 'COOKIE'
    case 11: return 'TCP_KEEPALIVE'
    case 12: return 'PADDING'
    case 13: return 'CHAIN'
    case 14: return 'KEY_TAG'
    case 26946: return 'DEVICEID'
  }
  if (type < 0) {
    return null
  }
  return `OPTION_${type}`
}

exports.toCode = function (name) {
  if (typeof name === 'number') {
    return name
  }
  if (!name) {
    return -1
  }
  switch (name.toUpperCase()) {
    case 'OPTION_0': return 0
    case 'LLQ': return 1
    case 'UL': return 2
    case 'NSID': return 3
    case 'OPTION_4': return 4
    case 'DAU': return 5
    case 'DHU': return 6
    case 'N3U': return 7
    case 'CLIENT_SUBNET': return 8
    case 'EXPIRE': return 9
    case 'COOKIE': return 10
    case 'TCP_KEEPALIVE': return 11
    case 'PADDING': return 12
    case 'CHAIN': return 13
    case 'KEY_TAG': return 14
    case 'DEVICEID': return 26946
    case 'OPTION_65535': return 65535
  }
  const m = name.match(/_(\d+)$/)
  if (m) {
    return parseInt(m[1], 10)
  }
  return -1
}


/***/ }),

/***/ 2028:
/***/ ((__unused_webpack_module, exports) => {




exports.toString = function (rcode) {
  switch (rcode) {
    case 0: return 'NOERROR'
    case 1: return 'FORMERR'
    case 2: return 'SERVFAIL'
    case 3: return 'NXDOMAIN'
    case 4: return 'NOTIMP'
    case 5: return 'REFUSED'
    case 6: return 'YXDOMAIN'
    case 7: return 'YXRRSET'
    case 8: return 'NXRRSET'
    case 9: return 'NOTAUTH'
    case 10: return 'NOTZONE'
    case 11: return 'RCODE_11'
    case 12: return 'RCODE_12'
    case 13: return 'RCODE_13'
    case 14: return 'RCODE_14'
    case 15: return 'RCODE_15'
  }
  return 'RCODE_' + rcode
}

exports.toRcode = function (code) {
  switch (code.toUpperCase()) {
    case 'NOERROR': return 0
    case 'FORMERR': return 1
    case 'SERVFAIL': return 2
    case 'NXDOMAIN': return 3
    case 'NOTIMP': return 4
    case 'REFUSED': return 5
    case 'YXDOMAIN': return 6
    case 'YXRRSET': return 7
    case 'NXRRSET': return 8
    case 'NOTAUTH': return 9
    case 'NOTZONE': return 10
    case 'RCODE_11': return 11
    case 'RCODE_12': return 12
    case 'RCODE_13': return 13
    case 'RCODE_14': return 14
    case 'RCODE_15': return 15
  }
  return 0
}


/***/ }),

/***/ 1891:
/***/ ((__unused_webpack_module, exports) => {



exports.toString = function (type) {
  switch (type) {
    case 1: return 'A'
    case 10: return 'NULL'
    case 28: return 'AAAA'
    case 18: return 'AFSDB'
    case 42: return 'APL'
    case 257: return 'CAA'
    case 60: return 'CDNSKEY'
    case 59: return 'CDS'
    case 37: return 'CERT'
    case 5: return 'CNAME'
    case 49: return 'DHCID'
    case 32769: return 'DLV'
    case 39: return 'DNAME'
    case 48: return 'DNSKEY'
    case 43: return 'DS'
    case 55: return 'HIP'
    case 13: return 'HINFO'
    case 45: return 'IPSECKEY'
    case 25: return 'KEY'
    case 36: return 'KX'
    case 29: return 'LOC'
    case 15: return 'MX'
    case 35: return 'NAPTR'
    case 2: return 'NS'
    case 47: return 'NSEC'
    case 50: return 'NSEC3'
    case 51: return 'NSEC3PARAM'
    case 12: return 'PTR'
    case 46: return 'RRSIG'
    case 17: return 'RP'
    case 24: return 'SIG'
    case 6: return 'SOA'
    case 99: return 'SPF'
    case 33: return 'SRV'
    case 44: return 'SSHFP'
    case 32768: return 'TA'
    case 249: return 'TKEY'
    case 52: return 'TLSA'
    case 250: return 'TSIG'
    case 16: return 'TXT'
    case 252: return 'AXFR'
    case 251: return 'IXFR'
    case 41: return 'OPT'
    case 255: return 'ANY'
  }
  return 'UNKNOWN_' + type
}

exports.toType = function (name) {
  switch (name.toUpperCase()) {
    case 'A': return 1
    case 'NULL': return 10
    case 'AAAA': return 28
    case 'AFSDB': return 18
    case 'APL': return 42
    case 'CAA': return 257
    case 'CDNSKEY': return 60
    case 'CDS': return 59
    case 'CERT': return 37
    case 'CNAME': return 5
    case 'DHCID': return 49
    case 'DLV': return 32769
    case 'DNAME': return 39
    case 'DNSKEY': return 48
    case 'DS': return 43
    case 'HIP': return 55
    case 'HINFO': return 13
    case 'IPSECKEY': return 45
    case 'KEY': return 25
    case 'KX': return 36
    case 'LOC': return 29
    case 'MX': return 15
    case 'NAPTR': return 35
    case 'NS': return 2
    case 'NSEC': return 47
    case 'NSEC3': return 50
    case 'NSEC3PARAM': return 51
    case 'PTR': return 12
    case 'RRSIG': return 46
    case 'RP': return 17
    case 'SIG': return 24
    case 'SOA': return 6
    case 'SPF': return 99
    case 'SRV': return 33
    case 'SSHFP': return 44
    case 'TA': return 32768
    case 'TKEY': return 249
    case 'TLSA': return 52
    case 'TSIG': return 250
    case 'TXT': return 16
    case 'AXFR': return 252
    case 'IXFR': return 251
    case 'OPT': return 41
    case 'ANY': return 255
    case '*': return 255
  }
  if (name.toUpperCase().startsWith('UNKNOWN_')) return parseInt(name.slice(8))
  return 0
}


/***/ }),

/***/ 935:
/***/ ((__unused_webpack_module, exports) => {

var __webpack_unused_export__;


function shareSameDomainSuffix(hostname, vhost) {
    if (hostname.endsWith(vhost)) {
        return (hostname.length === vhost.length ||
            hostname[hostname.length - vhost.length - 1] === '.');
    }
    return false;
}
function extractDomainWithSuffix(hostname, publicSuffix) {
    const publicSuffixIndex = hostname.length - publicSuffix.length - 2;
    const lastDotBeforeSuffixIndex = hostname.lastIndexOf('.', publicSuffixIndex);
    if (lastDotBeforeSuffixIndex === -1) {
        return hostname;
    }
    return hostname.slice(lastDotBeforeSuffixIndex + 1);
}
function getDomain$1(suffix, hostname, options) {
    if (options.validHosts !== null) {
        const validHosts = options.validHosts;
        for (const vhost of validHosts) {
            if ( /*@__INLINE__*/shareSameDomainSuffix(hostname, vhost)) {
                return vhost;
            }
        }
    }
    let numberOfLeadingDots = 0;
    if (hostname.startsWith('.')) {
        while (numberOfLeadingDots < hostname.length &&
            hostname[numberOfLeadingDots] === '.') {
            numberOfLeadingDots += 1;
        }
    }
    if (suffix.length === hostname.length - numberOfLeadingDots) {
        return null;
    }
    return /*@__INLINE__*/ extractDomainWithSuffix(hostname, suffix);
}

function getDomainWithoutSuffix$1(domain, suffix) {
    return domain.slice(0, -suffix.length - 1);
}

const CONTROL_CHARS = /[\t\n\r]/g;
let extractedHostnameValidated = false;
function isValidHostnameChar(code) {
    return ((code >= 97 && code <= 122) || // a-z
        (code >= 48 && code <= 57) || // 0-9
        code > 127 || // non-ASCII (accepted, not punycode-checked)
        (code >= 65 && code <= 90) || // A-Z (becomes valid once lowercased)
        code === 45 || // '-'
        code === 95 // '_'
    );
}
function getSpecialScheme(url, schemeStart, colonIndex) {
    const length = colonIndex - schemeStart;
    const c0 = url.charCodeAt(schemeStart) | 32;
    if (length === 2) {
        return c0 === 119 && (url.charCodeAt(schemeStart + 1) | 32) === 115 ? 1 : 0; // ws
    }
    else if (length === 3) {
        const c1 = url.charCodeAt(schemeStart + 1) | 32;
        const c2 = url.charCodeAt(schemeStart + 2) | 32;
        if (c0 === 119 && c1 === 115 && c2 === 115)
            return 1; // wss
        if (c0 === 102 && c1 === 116 && c2 === 112)
            return 1; // ftp
        return 0;
    }
    else if (length === 4) {
        const c1 = url.charCodeAt(schemeStart + 1) | 32;
        const c2 = url.charCodeAt(schemeStart + 2) | 32;
        const c3 = url.charCodeAt(schemeStart + 3) | 32;
        if (c0 === 104 && c1 === 116 && c2 === 116 && c3 === 112)
            return 1; // http
        if (c0 === 102 && c1 === 105 && c2 === 108 && c3 === 101)
            return 2; // file
        return 0;
    }
    else if (length === 5) {
        return c0 === 104 &&
            (url.charCodeAt(schemeStart + 1) | 32) === 116 &&
            (url.charCodeAt(schemeStart + 2) | 32) === 116 &&
            (url.charCodeAt(schemeStart + 3) | 32) === 112 &&
            (url.charCodeAt(schemeStart + 4) | 32) === 115
            ? 1
            : 0; // https
    }
    return 0;
}
function extractHostname(url, urlIsValidHostname, validate = false) {
    let start = 0;
    let end = url.length;
    let hasUpper = false;
    let isSpecial = true; // '\' ends the host, unless non-special "scheme://"
    extractedHostnameValidated = false;
    if (!urlIsValidHostname) {
        while (start < url.length && url.charCodeAt(start) <= 32) {
            start += 1;
        }
        if ((url.charCodeAt(start + 4) === 58 /* ':' */ &&
            (url.charCodeAt(start) | 32) === 100 /* d */ &&
            (url.charCodeAt(start + 1) | 32) === 97 /* a */ &&
            (url.charCodeAt(start + 2) | 32) === 116 /* t */ &&
            (url.charCodeAt(start + 3) | 32) === 97) /* a */ ||
            (url.charCodeAt(start + 10) === 58 /* ':' */ &&
                (url.charCodeAt(start) | 32) === 106 /* j */ &&
                (url.charCodeAt(start + 1) | 32) === 97 /* a */ &&
                (url.charCodeAt(start + 2) | 32) === 118 /* v */ &&
                (url.charCodeAt(start + 3) | 32) === 97 /* a */ &&
                (url.charCodeAt(start + 4) | 32) === 115 /* s */ &&
                (url.charCodeAt(start + 5) | 32) === 99 /* c */ &&
                (url.charCodeAt(start + 6) | 32) === 114 /* r */ &&
                (url.charCodeAt(start + 7) | 32) === 105 /* i */ &&
                (url.charCodeAt(start + 8) | 32) === 112 /* p */ &&
                (url.charCodeAt(start + 9) | 32) === 116) /* t */) {
            return null;
        }
        while (end > start + 1 && url.charCodeAt(end - 1) <= 32) {
            end -= 1;
        }
        if ((url.charCodeAt(start) === 47 /* '/' */ ||
            url.charCodeAt(start) === 92) /* '\' */ &&
            (url.charCodeAt(start + 1) === 47 /* '/' */ ||
                url.charCodeAt(start + 1) === 92) /* '\' */) {
            start += 2;
        }
        else {
            let indexOfProtocol = url.indexOf(':/', start);
            if (indexOfProtocol !== -1) {
                const special = getSpecialScheme(url, start, indexOfProtocol);
                if (special === 1) {
                    start = indexOfProtocol + 2;
                    while (url.charCodeAt(start) === 47 /* '/' */ ||
                        url.charCodeAt(start) === 92 /* '\' */) {
                        start += 1;
                    }
                }
                else if (special === 2) {
                    start = indexOfProtocol + 1;
                    let slashes = 0;
                    while ((url.charCodeAt(start) === 47 || url.charCodeAt(start) === 92) &&
                        slashes < 2) {
                        start += 1;
                        slashes += 1;
                    }
                    if (slashes < 2) {
                        return null;
                    }
                }
                else {
                    for (let i = start; i < indexOfProtocol; i += 1) {
                        const code = url.charCodeAt(i);
                        if (!(((code | 32) >= 97 && (code | 32) <= 122) || // [a-zA-Z] (fold letters only)
                            (code >= 48 && code <= 57) || // [0, 9]
                            code === 46 || // '.'
                            code === 45 || // '-'
                            code === 43 // '+'
                        )) {
                            if (code === 9 /* tab */ ||
                                code === 10 /* LF */ ||
                                code === 13 /* CR */) {
                                return extractHostname(url.replace(CONTROL_CHARS, ''), urlIsValidHostname, validate);
                            }
                            for (let j = i; j < indexOfProtocol; j += 1) {
                                const c = url.charCodeAt(j);
                                if (c === 47 || c === 92 || c === 63 || c === 35) {
                                    indexOfProtocol = -1;
                                    break;
                                }
                            }
                            if (indexOfProtocol !== -1) {
                                return null;
                            }
                            break;
                        }
                    }
                    if (indexOfProtocol !== -1) {
                        if (url.charCodeAt(indexOfProtocol + 2) === 47 /* '/' */) {
                            isSpecial = false;
                            start = indexOfProtocol + 3;
                        }
                        else {
                            return null;
                        }
                    }
                }
            }
            if (indexOfProtocol === -1 && url.charCodeAt(start) !== 91 /* '[' */) {
                let indexOfColon = -1;
                for (let i = start; i < end; i += 1) {
                    const code = url.charCodeAt(i);
                    if (code === 9 || code === 10 || code === 13) {
                        return extractHostname(url.replace(CONTROL_CHARS, ''), urlIsValidHostname, validate);
                    }
                    if (code === 58 /* ':' */) {
                        indexOfColon = i;
                        break;
                    }
                    if (code === 47 || code === 92 || code === 63 || code === 35) {
                        break;
                    }
                }
                if (indexOfColon !== -1) {
                    let hasIdentifier = false;
                    for (let i = indexOfColon + 1; i < end; i += 1) {
                        const code = url.charCodeAt(i);
                        if (code === 47 || code === 92 || code === 63 || code === 35) {
                            break;
                        }
                        if (code === 64 /* '@' */) {
                            hasIdentifier = true;
                            break;
                        }
                    }
                    if (!hasIdentifier) {
                        let allDigits = true;
                        let i = indexOfColon + 1;
                        for (; i < end; i += 1) {
                            const code = url.charCodeAt(i);
                            if (code === 47 || code === 92 || code === 63 || code === 35) {
                                break;
                            }
                            if (code < 48 /* '0' */ || code > 57 /* '9' */) {
                                allDigits = false;
                                break;
                            }
                        }
                        if (i === indexOfColon + 1) {
                            allDigits = false; // nothing after ':' => not a port
                        }
                        if (!allDigits) {
                            const special = getSpecialScheme(url, start, indexOfColon);
                            if (special === 0) {
                                let isBareIpv6 = false;
                                for (let j = indexOfColon + 1; j < end; j += 1) {
                                    const code = url.charCodeAt(j);
                                    if (code === 47 ||
                                        code === 92 ||
                                        code === 63 ||
                                        code === 35) {
                                        break;
                                    }
                                    if (code === 58 /* ':' */) {
                                        isBareIpv6 = true;
                                        break;
                                    }
                                }
                                if (!isBareIpv6) {
                                    return null;
                                }
                            }
                            else {
                                start = indexOfColon + 1;
                                if (special === 2) {
                                    let slashes = 0;
                                    while ((url.charCodeAt(start) === 47 ||
                                        url.charCodeAt(start) === 92) &&
                                        slashes < 2) {
                                        start += 1;
                                        slashes += 1;
                                    }
                                    if (slashes < 2) {
                                        return null;
                                    }
                                }
                                else {
                                    while (url.charCodeAt(start) === 47 ||
                                        url.charCodeAt(start) === 92) {
                                        start += 1;
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        let indexOfIdentifier = -1;
        let indexOfClosingBracket = -1;
        let indexOfPort = -1;
        let indexOfFirstColon = -1;
        let hasControl = false;
        let vValid = validate; // seeded true when validating; cleared on the first invalid char
        let vLastDot = start - 1; // mirrors is-valid.ts `lastDotIndex = -1` at host start
        let vLastCode = -1;
        if (validate && start < end) {
            const c0 = url.charCodeAt(start);
            if (
            !(
            /*@__INLINE__*/ (isValidHostnameChar(c0) ||
                c0 === 46 /* '.' */ ||
                c0 === 95 /* '_' */)) ||
                c0 === 45 /* '-' (isValidHostnameChar allows it mid-label, not first) */) {
                vValid = false;
            }
        }
        for (let i = start; i < end; i += 1) {
            const code = url.charCodeAt(i);
            if (code < 64) {
                if (code === 47 || code === 35 || code === 63) {
                    end = i;
                    break;
                }
                else if (code === 58 /* ':' */) {
                    if (indexOfFirstColon === -1) {
                        indexOfFirstColon = i;
                    }
                    indexOfPort = i;
                }
                else if (code === 9 || code === 10 || code === 13) {
                    hasControl = true;
                }
                else if (validate) {
                    if (code === 46 /* '.' */) {
                        if (i - vLastDot > 64 || vLastCode === 46 || vLastCode === 45) {
                            vValid = false;
                        }
                        vLastDot = i;
                    }
                    else if (code < 48 || code > 57) {
                        if (code !== 45 || vLastCode === 46 /* label-leading '-' */) {
                            vValid = false;
                        }
                    }
                }
            }
            else if (isSpecial && code === 92 /* '\' */) {
                end = i;
                break;
            }
            else if (code === 64 /* '@' */) {
                indexOfIdentifier = i;
                indexOfFirstColon = -1; // colons before '@' are userinfo, not the host
            }
            else if (code === 93 /* ']' */) {
                indexOfClosingBracket = i;
            }
            else if (code >= 65 && code <= 90) {
                hasUpper = true;
            }
            else if (validate && !( /*@__INLINE__*/isValidHostnameChar(code))) {
                vValid = false;
            }
            if (validate) {
                vLastCode = code;
            }
        }
        if (hasControl) {
            return extractHostname(url.replace(CONTROL_CHARS, ''), urlIsValidHostname, validate);
        }
        if (indexOfIdentifier !== -1 &&
            indexOfIdentifier >= start &&
            indexOfIdentifier < end) {
            start = indexOfIdentifier + 1;
        }
        if (url.charCodeAt(start) === 91 /* '[' */) {
            if (indexOfClosingBracket !== -1) {
                return url.slice(start + 1, indexOfClosingBracket).toLowerCase();
            }
            return null;
        }
        else if (indexOfPort !== -1 &&
            indexOfPort > start &&
            indexOfPort < end &&
            indexOfFirstColon === indexOfPort) {
            end = indexOfPort; // trim ':port'
        }
        if (start >= end) {
            return null;
        }
        if (validate &&
            vValid &&
            indexOfIdentifier === -1 &&
            indexOfPort === -1 &&
            indexOfClosingBracket === -1 &&
            url.charCodeAt(end - 1) !== 46 /* no trailing dot */ &&
            end - start <= 255 && // total length
            end - vLastDot - 1 <= 63 && // last label length
            vLastCode !== 45 /* last char not '-' */) {
            extractedHostnameValidated = true;
        }
    }
    while (end > start + 1 && url.charCodeAt(end - 1) === 46 /* '.' */) {
        end -= 1;
    }
    const hostname = start !== 0 || end !== url.length ? url.slice(start, end) : url;
    if (hasUpper) {
        return hostname.toLowerCase();
    }
    return hostname;
}

function isProbablyIpv4(hostname) {
    if (hostname.length < 7) {
        return false;
    }
    if (hostname.length > 15) {
        return false;
    }
    let numberOfDots = 0;
    for (let i = 0; i < hostname.length; i += 1) {
        const code = hostname.charCodeAt(i);
        if (code === 46 /* '.' */) {
            numberOfDots += 1;
        }
        else if (code < 48 /* '0' */ || code > 57 /* '9' */) {
            return false;
        }
    }
    return (numberOfDots === 3 &&
        hostname.charCodeAt(0) !== 46 /* '.' */ &&
        hostname.charCodeAt(hostname.length - 1) !== 46 /* '.' */);
}
function isProbablyIpv6(hostname) {
    if (hostname.length < 3) {
        return hostname === '::';
    }
    let start = hostname.startsWith('[') ? 1 : 0;
    let end = hostname.length;
    if (hostname[end - 1] === ']') {
        end -= 1;
    }
    if (end - start > 39) {
        return false;
    }
    let hasColon = false;
    for (; start < end; start += 1) {
        const code = hostname.charCodeAt(start);
        if (code === 58 /* ':' */) {
            hasColon = true;
        }
        else if (!((code >= 48 && code <= 57) || // 0-9
            (code >= 97 && code <= 102) || // a-f
            (code >= 65 && code <= 70) // A-F (RFC 4291 §2.2: an IPv6 hextet is hex digits only)
        )) {
            return false;
        }
    }
    return hasColon;
}
function isIp(hostname) {
    return isProbablyIpv6(hostname) || isProbablyIpv4(hostname);
}

const SPECIAL_USE_DOMAINS = [
    'test', // RFC 6761
    'localhost', // RFC 6761
    'invalid', // RFC 6761
    'example', // RFC 6761
    'example.com', // RFC 6761
    'example.net', // RFC 6761
    'example.org', // RFC 6761
    'local', // RFC 6762 (mDNS)
    'onion', // RFC 7686 (Tor)
    'alt', // RFC 9476
    'home.arpa', // RFC 8375
    'ipv4only.arpa', // RFC 8880
    'resolver.arpa', // RFC 9462
    'service.arpa', // RFC 9665
    '6tisch.arpa', // RFC 9031
    'eap.arpa', // RFC 9965
];
function isSpecialUse(hostname) {
    for (const name of SPECIAL_USE_DOMAINS) {
        if (hostname.endsWith(name) &&
            (hostname.length === name.length ||
                hostname.charCodeAt(hostname.length - name.length - 1) === 46) /* '.' */) {
            return true;
        }
    }
    return false;
}

function isValidAscii(code) {
    return ((code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127);
}
function isValidHostname (hostname) {
    if (hostname.length > 255) {
        return false;
    }
    if (hostname.length === 0) {
        return false;
    }
    if (
    /*@__INLINE__*/ !isValidAscii(hostname.charCodeAt(0)) &&
        hostname.charCodeAt(0) !== 46 && // '.' (dot)
        hostname.charCodeAt(0) !== 95 // '_' (underscore)
    ) {
        return false;
    }
    let lastDotIndex = -1;
    let lastCharCode = -1;
    const len = hostname.length;
    for (let i = 0; i < len; i += 1) {
        const code = hostname.charCodeAt(i);
        if (code === 46 /* '.' */) {
            if (
            i - lastDotIndex > 64 ||
                lastCharCode === 46 ||
                lastCharCode === 45) {
                return false;
            }
            lastDotIndex = i;
        }
        else if (
        !( /*@__INLINE__*/(isValidAscii(code) || code === 45 || code === 95)) ||
            (code === 45 && lastCharCode === 46)) {
            return false;
        }
        lastCharCode = code;
    }
    return (
    len - lastDotIndex - 1 <= 63 &&
        lastCharCode !== 45);
}

function extraSuffixLookup(hostname, options, isException, out) {
    const suffix = out.publicSuffix;
    if (suffix === null) {
        return;
    }
    const none = hostname.length + 1;
    let exception = none;
    let exceptionIsIcann = false;
    let rule = none;
    let ruleIsIcann = false;
    const extra = options.extraSuffixes;
    for (let section = 0; section < 2; section += 1) {
        const isIcann = section === 0;
        const rules = isIcann
            ? options.allowIcannDomains && extra.icann
            : options.allowPrivateDomains && extra.private;
        if (!Array.isArray(rules)) {
            continue;
        }
        for (const r of rules) {
            if (typeof r !== 'string') {
                continue;
            }
            const exceptionRule = r.startsWith('!');
            const wildcard = r.startsWith('*.');
            const body = exceptionRule ? r.slice(1) : wildcard ? r.slice(2) : r;
            if (body === '' ||
                (exceptionRule && !body.includes('.')) ||
                !shareSameDomainSuffix(hostname, body)) {
                continue;
            }
            let start = hostname.length - body.length;
            if (exceptionRule) {
                if (start < exception) {
                    exception = start;
                    exceptionIsIcann = isIcann;
                }
                continue;
            }
            if (wildcard && start > 1 && hostname.charCodeAt(start - 2) !== 46) {
                start = hostname.lastIndexOf('.', start - 2) + 1;
            }
            if (start < rule) {
                rule = start;
                ruleIsIcann = isIcann;
            }
        }
    }
    const suffixStart = hostname.length - suffix.length;
    const builtin = isException
        ? hostname.lastIndexOf('.', suffixStart - 2) + 1
        : suffixStart;
    if (exception <= rule &&
        (isException ? exception < builtin : exception <= builtin)) {
        out.publicSuffix = hostname.slice(hostname.indexOf('.', exception) + 1);
        out.isIcann = exceptionIsIcann;
        out.isPrivate = !exceptionIsIcann;
    }
    else if (rule < builtin ||
        (rule === builtin && !out.isIcann && !out.isPrivate)) {
        out.publicSuffix = hostname.slice(rule);
        out.isIcann = ruleIsIcann;
        out.isPrivate = !ruleIsIcann;
    }
}

function setDefaultsImpl({ allowIcannDomains = true, allowPrivateDomains = false, detectIp = true, detectSpecialUse = false, extraSuffixes = null, extractHostname = true, mixedInputs = true, validHosts = null, validateHostname = true, }) {
    return {
        allowIcannDomains,
        allowPrivateDomains,
        detectIp,
        detectSpecialUse,
        extraSuffixes,
        extractHostname,
        mixedInputs,
        validHosts,
        validateHostname,
    };
}
const DEFAULT_OPTIONS = /*@__INLINE__*/ setDefaultsImpl({});
function setDefaults(options) {
    if (options === undefined) {
        return DEFAULT_OPTIONS;
    }
    return /*@__INLINE__*/ setDefaultsImpl(options);
}

function getSubdomain$1(hostname, domain) {
    if (domain.length === hostname.length) {
        return '';
    }
    return hostname.slice(0, -domain.length - 1);
}

function getEmptyResult() {
    return {
        domain: null,
        domainWithoutSuffix: null,
        hostname: null,
        isIcann: null,
        isIp: null,
        isPrivate: null,
        isSpecialUse: null,
        publicSuffix: null,
        subdomain: null,
    };
}
function resetResult(result) {
    result.domain = null;
    result.domainWithoutSuffix = null;
    result.hostname = null;
    result.isIcann = null;
    result.isIp = null;
    result.isPrivate = null;
    result.isSpecialUse = null;
    result.publicSuffix = null;
    result.subdomain = null;
}
function parseImpl(url, step, suffixLookup, partialOptions, result) {
    const options = /*@__INLINE__*/ setDefaults(partialOptions);
    if (typeof url !== 'string') {
        return result;
    }
    let urlIsValid = false;
    if (!options.extractHostname) {
        let end = url.length;
        while (end > 1 && url.charCodeAt(end - 1) === 46 /* '.' */) {
            end -= 1;
        }
        result.hostname = end === url.length ? url : url.slice(0, end);
    }
    else if (options.mixedInputs) {
        urlIsValid = isValidHostname(url);
        result.hostname = extractHostname(url, urlIsValid, options.validateHostname);
    }
    else {
        result.hostname = extractHostname(url, false, options.validateHostname);
    }
    if (options.detectIp && result.hostname !== null) {
        result.isIp = isIp(result.hostname);
        if (result.isIp) {
            return result;
        }
    }
    if (options.validateHostname &&
        options.extractHostname &&
        result.hostname !== null &&
        !(urlIsValid && result.hostname === url) &&
        !extractedHostnameValidated &&
        !isValidHostname(result.hostname)) {
        result.hostname = null;
        return result;
    }
    if (step === 0 /* FLAG.HOSTNAME */ || result.hostname === null) {
        return result;
    }
    if (step === 5 /* FLAG.ALL */ && options.detectSpecialUse) {
        result.isSpecialUse = isSpecialUse(result.hostname);
    }
    const isException = suffixLookup(result.hostname, options, result);
    if (options.extraSuffixes !== null) {
        extraSuffixLookup(result.hostname, options, isException === true, result);
    }
    if (step === 2 /* FLAG.PUBLIC_SUFFIX */ || result.publicSuffix === null) {
        return result;
    }
    result.domain = getDomain$1(result.publicSuffix, result.hostname, options);
    if (step === 3 /* FLAG.DOMAIN */ || result.domain === null) {
        return result;
    }
    result.subdomain = getSubdomain$1(result.hostname, result.domain);
    if (step === 4 /* FLAG.SUB_DOMAIN */) {
        return result;
    }
    result.domainWithoutSuffix = getDomainWithoutSuffix$1(result.domain, result.publicSuffix);
    return result;
}

function fastPathLookup (hostname, options, out) {
    if (!options.allowPrivateDomains &&
        options.allowIcannDomains &&
        hostname.length > 3) {
        const last = hostname.length - 1;
        const c3 = hostname.charCodeAt(last);
        const c2 = hostname.charCodeAt(last - 1);
        const c1 = hostname.charCodeAt(last - 2);
        const c0 = hostname.charCodeAt(last - 3);
        if (c3 === 109 /* 'm' */ &&
            c2 === 111 /* 'o' */ &&
            c1 === 99 /* 'c' */ &&
            c0 === 46 /* '.' */) {
            out.isIcann = true;
            out.isPrivate = false;
            out.publicSuffix = 'com';
            return true;
        }
        else if (c3 === 103 /* 'g' */ &&
            c2 === 114 /* 'r' */ &&
            c1 === 111 /* 'o' */ &&
            c0 === 46 /* '.' */) {
            out.isIcann = true;
            out.isPrivate = false;
            out.publicSuffix = 'org';
            return true;
        }
        else if (c3 === 117 /* 'u' */ &&
            c2 === 100 /* 'd' */ &&
            c1 === 101 /* 'e' */ &&
            c0 === 46 /* '.' */) {
            out.isIcann = true;
            out.isPrivate = false;
            out.publicSuffix = 'edu';
            return true;
        }
        else if (c3 === 118 /* 'v' */ &&
            c2 === 111 /* 'o' */ &&
            c1 === 103 /* 'g' */ &&
            c0 === 46 /* '.' */) {
            out.isIcann = true;
            out.isPrivate = false;
            out.publicSuffix = 'gov';
            return true;
        }
        else if (c3 === 116 /* 't' */ &&
            c2 === 101 /* 'e' */ &&
            c1 === 110 /* 'n' */ &&
            c0 === 46 /* '.' */) {
            out.isIcann = true;
            out.isPrivate = false;
            out.publicSuffix = 'net';
            return true;
        }
        else if (c3 === 101 /* 'e' */ &&
            c2 === 100 /* 'd' */ &&
            c1 === 46 /* '.' */) {
            out.isIcann = true;
            out.isPrivate = false;
            out.publicSuffix = 'de';
            return true;
        }
    }
    return false;
}

const nodeFlags = /*#__PURE__*/ new Uint8Array([1, 2, 1, 1, 1, 1, 1, 1, 0, 1, 1, 2, 1, 1, 2, 2, 2, 0, 2, 2, 2, 2, 0, 2, 2, 2, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 0, 2, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 0, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 0, 0, 2, 0, 0, 0, 1, 1, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2, 0, 2, 2, 0, 0, 2, 2, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 2, 1, 1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 2, 2, 2, 0, 0, 2, 0, 0, 2, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 2, 2, 0, 0, 0, 2, 0, 1, 1, 0, 2, 0, 2, 2, 2, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 0, 2, 2, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 0, 2, 2, 0, 2, 2, 2, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 2, 2, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 2, 2, 0, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 2, 2, 1, 2, 1, 1, 1, 2, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1, 1, 2, 1, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
const edgeStart = /*#__PURE__*/ new Uint16Array([0, 0, 0, 10, 11, 18, 106, 111, 117, 118, 126, 132, 133, 140, 149, 150, 151, 152, 153, 154, 156, 157, 159, 160, 161, 163, 165, 240, 253, 255, 256, 257, 272, 274, 281, 282, 285, 286, 287, 290, 292, 311, 312, 314, 323, 328, 345, 346, 349, 350, 352, 354, 390, 391, 393, 396, 397, 401, 403, 407, 410, 442, 445, 458, 459, 467, 468, 470, 480, 494, 495, 496, 497, 506, 507, 544, 549, 565, 585, 591, 633, 635, 636, 637, 638, 665, 692, 693, 841, 847, 850, 851, 852, 857, 862, 871, 893, 894, 895, 896, 897, 898, 899, 918, 920, 921, 924, 926, 927, 929, 931, 946, 961, 966, 967, 969, 970, 971, 972, 973, 975, 978, 983, 984, 985, 987, 988, 991, 994, 995, 996, 1009, 1011, 1023, 1034, 1042, 1044, 1084, 1087, 1091, 1092, 1094, 1097, 1108, 1110, 1120, 1122, 1128, 1130, 1131, 1133, 1136, 1137, 1138, 1191, 1193, 1195, 1215, 1216, 1217, 1218, 1220, 1231, 1262, 1273, 1274, 1287, 1297, 1306, 1314, 1315, 1320, 1334, 1345, 1357, 1369, 1383, 1384, 1395, 1429, 1430, 1431, 1447, 1463, 1475, 1548, 1549, 1551, 1552, 1588, 1607, 1608, 1609, 1610, 1611, 1614, 1618, 1621, 1623, 1657, 1658, 1666, 1667, 1668, 1669, 1670, 1672, 1674, 1676, 1677, 1681, 1682, 1683, 1685, 1687, 1688, 1690, 1691, 1692, 1703, 1705, 1706, 1710, 1711, 1714, 1721, 1722, 1727, 1731, 1732, 1734, 1735, 1736, 1737, 1738, 1739, 1740, 1741, 1742, 1743, 1744, 1745, 1746, 1747, 1749, 1750, 1751, 2214, 2217, 2218, 2220, 2227, 2234, 2244, 2248, 2259, 2260, 2261, 2273, 2274, 2276, 2278, 2279, 2286, 2287, 2289, 2290, 2292, 2293, 2294, 2295, 2296, 2371, 2373, 2394, 2395, 2396, 2398, 2399, 2401, 2402, 2458, 2459, 2460, 2467, 2473, 2483, 2493, 2546, 2547, 2548, 2558, 2572, 2573, 2576, 2583, 2584, 2592, 2594, 2595, 2596, 2597, 2608, 2609, 2610, 2612, 2613, 2615, 2616, 2625, 2637, 2643, 2645, 2677, 2681, 2683, 2684, 2686, 2687, 2699, 2700, 2702, 2710, 2717, 2723, 2728, 2729, 2735, 2738, 2744, 2751, 2758, 2766, 2767, 2768, 2806, 2812, 2816, 2833, 2834, 2839, 2857, 2888, 2906, 2908, 2911, 2919, 2921, 2928, 2980, 3004, 3005, 3006, 3007, 3008, 3009, 3010, 3017, 3018, 3019, 3020, 3021, 3022, 3024, 3025, 3029, 3113, 3126, 3127, 3564, 3568, 3582, 3634, 3662, 3684, 3742, 3764, 3779, 3842, 3893, 3931, 3967, 3992, 4134, 4180, 4231, 4250, 4284, 4299, 4319, 4349, 4380, 4403, 4434, 4464, 4496, 4523, 4598, 4620, 4658, 4668, 4702, 4721, 4747, 4789, 4839, 4865, 4934, 4935, 4937, 4960, 4983, 5019, 5050, 5067, 5124, 5137, 5161, 5190, 5192, 5226, 5242, 5270, 5575, 5584, 5593, 5600, 5617, 5621, 5627, 5666, 5668, 5675, 5682, 5691, 5698, 5699, 5700, 5712, 5715, 5730, 5731, 5740, 5741, 5750, 5759, 5765, 5767, 5768, 5769, 5807, 5808, 5810, 5818, 5825, 5838, 5842, 5844, 5845, 5851, 5858, 5872, 5882, 5887, 5895, 5903, 5909, 5910, 5914, 5916, 5917, 5929, 6001, 6002, 6003, 6004, 6006, 6007, 6010, 6012, 6015, 6019, 6020, 6021, 6027, 6028, 6029, 6031, 6033, 6035, 6036, 6037, 6040, 6042, 6045, 6046, 6048, 6246, 6253, 6254, 6255, 6265, 6270, 6287, 6301, 6310, 6311, 6312, 6316, 6317, 6319, 6321, 6327, 6328, 6331, 6332, 6334, 6335, 6336, 7236, 7239, 7243, 7261, 7270, 7273, 7280, 7281, 7283, 7284, 7285, 7287, 7339, 7340, 7343, 7344, 7462, 7463, 7474, 7492, 7499, 7502, 7511, 7512, 7513, 7528, 7583, 7775, 7777, 7779, 7780, 7782, 7787, 7800, 7801, 7817, 7824, 7833, 7836, 7839, 7846, 7854, 7858, 7859, 7860, 7874, 7879, 7888, 7889, 7890, 7894, 7929, 7930, 7951, 7958, 7966, 7967, 7972, 7980, 8024, 8025, 8031, 8034, 8047, 8052, 8053, 8055, 8057, 8097, 8098, 8104, 8111, 8112, 8122, 8131, 8146, 8150, 8152, 8204, 8205, 8210, 8211, 8214, 8216, 8217, 8218, 8227, 8241, 8249, 8263, 8274, 8275, 8277, 8279, 8301, 8312, 8318, 8319, 8331, 8343, 8430, 8442, 8450, 8453, 8459, 8484, 8487, 8488, 8489, 8490, 8492, 8495, 8498, 8509, 8511, 8513, 8541, 8616, 8623, 8627, 8628, 8637, 8659, 8660, 8665, 8666, 8748, 8750, 8751, 8760, 8764, 8770, 8776, 8782, 8792, 8797, 8798, 8816, 8827, 8832, 8837, 8847, 8853, 8857, 8863, 8869, 10476, 10477, 10478, 10485, 10487]);
const edgeLength = /*#__PURE__*/ new Uint8Array([3, 3, 3, 3, 3, 3, 3, 3, 5, 8, 8, 2, 2, 3, 3, 3, 3, 3, 8, 5, 5, 5, 5, 5, 3, 3, 5, 5, 9, 12, 19, 8, 19, 8, 11, 9, 9, 8, 7, 7, 6, 8, 9, 16, 10, 7, 7, 11, 8, 6, 6, 9, 7, 11, 7, 14, 4, 4, 4, 4, 4, 4, 10, 7, 6, 6, 6, 6, 10, 10, 6, 10, 10, 22, 11, 9, 10, 10, 10, 9, 10, 8, 7, 7, 7, 8, 21, 13, 11, 11, 9, 10, 9, 13, 10, 8, 8, 9, 12, 9, 7, 10, 7, 7, 13, 7, 3, 3, 3, 3, 3, 2, 3, 3, 3, 3, 3, 4, 3, 3, 3, 3, 3, 8, 4, 6, 3, 3, 3, 3, 3, 3, 1, 2, 5, 3, 3, 3, 3, 7, 2, 2, 2, 2, 2, 2, 3, 3, 3, 1, 7, 8, 5, 2, 2, 7, 4, 5, 7, 2, 2, 1, 4, 1, 11, 9, 9, 5, 5, 8, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 5, 5, 11, 9, 9, 8, 9, 9, 13, 7, 14, 7, 6, 6, 6, 7, 6, 6, 6, 6, 6, 6, 10, 7, 11, 9, 4, 4, 4, 4, 4, 6, 6, 6, 6, 13, 6, 8, 7, 10, 10, 9, 9, 7, 9, 8, 8, 9, 8, 7, 10, 6, 9, 8, 10, 10, 7, 8, 1, 9, 10, 12, 12, 12, 10, 9, 9, 10, 10, 9, 9, 1, 1, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 6, 6, 6, 4, 2, 3, 3, 3, 3, 7, 4, 4, 4, 3, 3, 6, 7, 3, 4, 1, 2, 2, 2, 6, 1, 2, 2, 2, 2, 2, 12, 5, 3, 8, 9, 13, 4, 4, 13, 9, 9, 11, 7, 3, 12, 9, 2, 2, 2, 3, 3, 3, 3, 3, 8, 2, 2, 3, 3, 3, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 3, 7, 10, 15, 15, 7, 15, 20, 15, 9, 10, 10, 12, 14, 14, 14, 12, 12, 12, 12, 12, 14, 14, 10, 10, 10, 10, 14, 9, 9, 9, 9, 10, 14, 14, 14, 13, 13, 14, 9, 9, 9, 9, 9, 9, 7, 8, 6, 8, 8, 6, 8, 13, 8, 8, 6, 13, 8, 11, 13, 8, 6, 13, 8, 6, 9, 10, 10, 12, 14, 14, 14, 12, 12, 12, 12, 14, 14, 10, 10, 10, 10, 9, 9, 9, 10, 14, 14, 11, 13, 13, 9, 9, 9, 9, 9, 9, 2, 6, 9, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 2, 3, 3, 3, 3, 3, 3, 7, 7, 2, 3, 2, 2, 5, 3, 3, 3, 3, 3, 3, 4, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 5, 7, 4, 2, 2, 12, 8, 10, 8, 10, 7, 18, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 5, 2, 2, 3, 3, 3, 5, 5, 3, 8, 8, 6, 8, 6, 6, 4, 6, 7, 7, 7, 10, 11, 2, 5, 5, 3, 3, 3, 3, 3, 3, 5, 5, 6, 11, 10, 7, 7, 7, 4, 4, 4, 2, 3, 3, 3, 3, 3, 2, 2, 7, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 7, 7, 7, 11, 7, 6, 9, 6, 6, 8, 10, 8, 6, 8, 13, 4, 4, 4, 4, 4, 10, 8, 11, 8, 8, 8, 10, 10, 7, 5, 4, 4, 4, 10, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 2, 2, 2, 2, 2, 2, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 7, 10, 13, 7, 8, 7, 11, 8, 8, 6, 9, 8, 8, 6, 6, 6, 8, 8, 6, 6, 6, 6, 6, 9, 7, 6, 4, 4, 4, 4, 4, 4, 4, 6, 6, 6, 9, 7, 8, 10, 8, 8, 2, 3, 3, 3, 3, 3, 2, 8, 9, 9, 2, 2, 2, 3, 3, 3, 2, 3, 3, 3, 9, 2, 2, 3, 3, 3, 3, 3, 3, 5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 12, 5, 5, 3, 5, 4, 2, 3, 2, 4, 3, 9, 2, 2, 2, 2, 2, 5, 5, 3, 3, 8, 8, 13, 6, 10, 9, 4, 7, 9, 11, 2, 3, 7, 3, 3, 4, 1, 3, 4, 2, 9, 3, 3, 12, 5, 3, 7, 10, 10, 7, 4, 4, 6, 14, 7, 9, 7, 13, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 8, 15, 4, 4, 2, 3, 3, 3, 7, 4, 9, 9, 2, 3, 3, 3, 5, 3, 2, 2, 7, 2, 7, 6, 6, 7, 2, 4, 2, 2, 2, 2, 2, 2, 8, 8, 8, 9, 5, 2, 3, 3, 3, 3, 3, 3, 10, 7, 4, 4, 4, 4, 3, 4, 2, 3, 3, 3, 3, 3, 10, 7, 4, 4, 4, 4, 2, 3, 3, 3, 3, 10, 7, 4, 4, 4, 4, 3, 9, 6, 6, 6, 9, 13, 9, 2, 2, 2, 8, 7, 9, 5, 3, 3, 3, 5, 5, 13, 12, 9, 10, 7, 8, 7, 6, 8, 6, 11, 12, 7, 10, 4, 4, 7, 8, 11, 6, 7, 9, 8, 7, 10, 8, 9, 15, 7, 8, 5, 4, 7, 2, 3, 3, 3, 2, 14, 10, 2, 14, 10, 2, 14, 3, 9, 13, 13, 10, 14, 16, 17, 11, 2, 14, 2, 14, 3, 9, 13, 10, 14, 16, 17, 11, 14, 10, 14, 2, 7, 3, 10, 7, 14, 10, 2, 14, 10, 9, 9, 17, 6, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 10, 10, 10, 12, 9, 4, 10, 10, 11, 8, 8, 8, 7, 9, 5, 3, 3, 3, 3, 3, 3, 3, 3, 5, 8, 4, 4, 4, 4, 4, 4, 6, 16, 3, 3, 14, 3, 14, 2, 14, 9, 13, 10, 10, 14, 16, 17, 11, 6, 9, 10, 10, 12, 14, 14, 14, 12, 12, 12, 12, 14, 14, 10, 10, 10, 10, 14, 9, 9, 9, 10, 14, 14, 14, 9, 9, 9, 9, 9, 9, 2, 14, 9, 13, 10, 10, 14, 16, 17, 11, 6, 14, 2, 14, 9, 17, 13, 10, 10, 14, 17, 16, 17, 11, 6, 2, 14, 9, 13, 10, 14, 17, 16, 17, 11, 2, 14, 9, 13, 10, 14, 16, 17, 11, 2, 14, 9, 13, 10, 17, 16, 11, 17, 2, 14, 10, 19, 7, 2, 14, 9, 13, 10, 19, 10, 7, 14, 17, 16, 17, 11, 6, 2, 14, 9, 13, 10, 19, 7, 14, 16, 17, 11, 2, 14, 9, 13, 10, 10, 14, 17, 16, 17, 11, 6, 2, 14, 9, 13, 10, 10, 14, 17, 16, 17, 11, 6, 2, 14, 9, 13, 17, 13, 10, 10, 14, 17, 16, 17, 11, 6, 3, 2, 14, 9, 13, 10, 10, 14, 16, 17, 11, 6, 9, 10, 12, 14, 14, 14, 12, 12, 12, 12, 12, 14, 14, 14, 10, 10, 10, 14, 9, 9, 9, 9, 14, 14, 14, 13, 13, 14, 9, 9, 9, 9, 9, 9, 4, 11, 2, 14, 9, 13, 17, 13, 10, 19, 10, 7, 14, 17, 16, 17, 11, 6, 2, 14, 9, 13, 17, 13, 10, 19, 10, 7, 14, 17, 16, 17, 11, 6, 2, 14, 9, 13, 10, 19, 7, 14, 17, 16, 17, 11, 2, 9, 10, 10, 7, 17, 3, 3, 12, 12, 16, 15, 15, 12, 14, 14, 14, 20, 20, 13, 12, 12, 12, 12, 12, 12, 20, 25, 14, 14, 12, 12, 10, 10, 10, 10, 14, 9, 9, 9, 25, 4, 9, 17, 10, 7, 14, 16, 21, 13, 13, 14, 20, 14, 13, 17, 24, 9, 12, 13, 25, 13, 21, 20, 17, 9, 9, 9, 9, 9, 9, 12, 17, 4, 4, 9, 9, 9, 10, 10, 12, 14, 14, 14, 12, 12, 12, 12, 12, 14, 14, 10, 10, 10, 10, 14, 9, 9, 9, 9, 10, 14, 14, 14, 13, 13, 14, 9, 9, 9, 9, 9, 9, 9, 10, 14, 12, 12, 14, 14, 10, 9, 9, 9, 10, 14, 14, 14, 9, 9, 9, 9, 2, 1, 5, 8, 7, 11, 11, 1, 3, 3, 3, 5, 3, 3, 4, 8, 9, 10, 10, 12, 14, 14, 14, 12, 12, 12, 12, 14, 14, 10, 10, 10, 10, 14, 9, 9, 9, 10, 14, 14, 14, 13, 13, 14, 9, 9, 9, 9, 9, 9, 7, 4, 4, 4, 4, 4, 4, 4, 4, 10, 2, 2, 6, 7, 6, 2, 3, 2, 3, 6, 2, 7, 6, 10, 7, 4, 9, 12, 6, 14, 4, 12, 7, 2, 2, 1, 2, 7, 6, 4, 4, 4, 6, 8, 8, 7, 2, 2, 13, 2, 2, 2, 2, 6, 2, 8, 12, 2, 7, 7, 6, 8, 10, 12, 2, 2, 2, 3, 3, 13, 2, 2, 3, 3, 6, 7, 6, 4, 5, 6, 3, 3, 3, 3, 4, 16, 8, 5, 4, 3, 3, 3, 5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 11, 12, 7, 7, 13, 9, 10, 17, 12, 8, 9, 7, 17, 17, 8, 5, 12, 10, 13, 14, 5, 5, 5, 13, 5, 5, 5, 3, 3, 3, 5, 16, 5, 5, 5, 5, 7, 12, 14, 8, 12, 8, 10, 12, 9, 11, 7, 9, 7, 10, 7, 13, 13, 9, 7, 12, 8, 17, 7, 7, 16, 10, 13, 13, 8, 10, 10, 14, 17, 7, 16, 16, 15, 8, 10, 10, 12, 17, 17, 7, 17, 14, 7, 10, 17, 8, 7, 7, 7, 8, 15, 15, 7, 14, 10, 10, 10, 11, 11, 7, 7, 13, 8, 10, 7, 16, 7, 8, 7, 14, 17, 12, 10, 11, 21, 8, 9, 7, 13, 9, 8, 6, 13, 6, 12, 7, 6, 13, 10, 10, 10, 8, 18, 9, 17, 13, 10, 12, 6, 13, 6, 11, 8, 13, 10, 13, 18, 13, 11, 13, 8, 16, 7, 10, 8, 16, 12, 10, 8, 8, 14, 11, 8, 15, 8, 8, 7, 7, 12, 7, 8, 9, 14, 15, 8, 9, 10, 9, 15, 7, 8, 8, 12, 13, 9, 10, 15, 13, 7, 10, 10, 20, 7, 6, 9, 6, 6, 14, 11, 14, 11, 12, 9, 10, 16, 16, 12, 7, 11, 28, 8, 11, 10, 7, 21, 8, 7, 9, 4, 4, 4, 17, 7, 8, 6, 9, 6, 6, 13, 6, 6, 6, 6, 18, 20, 14, 8, 11, 12, 9, 10, 13, 15, 15, 19, 8, 9, 12, 7, 10, 16, 12, 9, 9, 9, 14, 12, 11, 10, 9, 12, 11, 18, 9, 9, 9, 10, 7, 7, 16, 8, 9, 7, 13, 12, 10, 14, 18, 7, 8, 11, 10, 7, 7, 8, 8, 13, 7, 7, 7, 11, 15, 13, 11, 7, 8, 15, 11, 7, 8, 18, 8, 14, 13, 18, 15, 10, 12, 12, 9, 7, 11, 11, 8, 7, 10, 8, 14, 12, 10, 18, 7, 10, 9, 7, 8, 13, 10, 14, 10, 8, 8, 23, 7, 7, 11, 12, 12, 17, 7, 7, 11, 11, 17, 16, 16, 7, 8, 11, 14, 14, 8, 10, 7, 15, 7, 16, 16, 13, 9, 11, 9, 15, 15, 11, 11, 7, 7, 14, 7, 9, 7, 7, 16, 10, 13, 10, 11, 14, 7, 11, 10, 11, 7, 11, 10, 11, 15, 11, 15, 10, 12, 10, 14, 13, 11, 11, 12, 13, 10, 7, 13, 16, 12, 21, 15, 9, 10, 10, 7, 11, 14, 17, 7, 7, 8, 11, 13, 12, 8, 15, 14, 14, 8, 17, 12, 10, 10, 7, 9, 11, 7, 10, 7, 11, 18, 7, 11, 7, 12, 11, 8, 8, 14, 12, 7, 8, 15, 3, 7, 7, 5, 2, 9, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 2, 5, 3, 3, 3, 3, 3, 3, 4, 4, 3, 3, 3, 3, 3, 3, 5, 11, 6, 4, 7, 10, 7, 7, 11, 1, 10, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 5, 7, 3, 5, 6, 3, 3, 5, 2, 2, 5, 3, 4, 13, 11, 3, 3, 6, 3, 5, 14, 2, 2, 3, 8, 2, 2, 12, 5, 18, 5, 3, 3, 3, 3, 16, 5, 5, 5, 10, 7, 13, 12, 13, 9, 12, 14, 19, 9, 9, 21, 9, 9, 10, 6, 9, 6, 15, 10, 6, 12, 8, 6, 10, 15, 4, 4, 6, 6, 9, 9, 12, 16, 14, 23, 7, 7, 7, 14, 9, 7, 7, 11, 14, 10, 7, 10, 10, 10, 12, 6, 11, 10, 13, 11, 15, 11, 7, 12, 10, 3, 7, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 3, 7, 5, 1, 5, 2, 2, 2, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 5, 5, 10, 9, 11, 8, 7, 12, 8, 9, 7, 6, 13, 11, 6, 13, 7, 9, 9, 4, 4, 4, 4, 4, 6, 10, 7, 8, 13, 11, 8, 8, 9, 14, 7, 14, 8, 10, 7, 9, 7, 7, 9, 6, 9, 2, 12, 5, 3, 3, 13, 4, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 8, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 9, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 2, 2, 2, 5, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 1, 7, 6, 4, 12, 3, 3, 3, 3, 3, 8, 7, 3, 3, 3, 3, 3, 3, 4, 4, 11, 15, 14, 2, 8, 3, 5, 5, 8, 10, 8, 6, 4, 7, 17, 7, 4, 5, 2, 6, 3, 5, 4, 2, 2, 12, 5, 5, 3, 15, 13, 8, 11, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 5, 3, 3, 3, 3, 4, 2, 3, 18, 2, 12, 5, 3, 3, 3, 3, 3, 5, 16, 8, 8, 9, 6, 6, 4, 4, 4, 4, 31, 6, 6, 10, 11, 21, 10, 9, 7, 10, 7, 7, 2, 4, 4, 4, 4, 6, 5, 3, 3, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 6, 6, 4, 6, 2, 2, 2, 5, 3, 3, 3, 7, 7, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 3, 3, 3, 3, 8, 2, 3, 3, 3, 3, 3, 5, 9, 11, 3, 3, 3, 3, 4, 4, 3, 3, 3, 3, 3, 5, 10, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 2, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 11, 10, 10, 10, 10, 10, 11, 10, 11, 10, 11, 10, 9, 9, 11, 3, 3, 3, 3, 3, 3, 2, 2, 3, 3, 5, 5, 3, 7, 8, 8, 7, 6, 6, 11, 4, 4, 4, 4, 7, 8, 9, 9, 2, 3, 7, 4, 4, 2, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 2, 2, 5, 5, 5, 5, 5, 3, 3, 5, 5, 5, 7, 7, 6, 6, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 6, 8, 8, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 4, 6, 9, 12, 3, 7, 10, 7, 2, 2, 3, 3, 3, 3, 3, 4, 3, 3, 2, 2, 2, 2, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 8, 8, 6, 6, 8, 6, 7, 4, 4, 4, 4, 4, 4, 6, 7, 5, 5, 20, 19, 8, 10, 9, 7, 10, 6, 8, 11, 6, 6, 6, 6, 13, 12, 8, 6, 7, 14, 11, 9, 2, 5, 3, 6, 2, 3, 2, 2, 2, 2, 2, 2, 2, 5, 4, 3, 7, 6, 4, 7, 4, 3, 6, 4, 7, 2, 2, 7, 7, 7, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 9, 10, 10, 10, 11, 7, 8, 20, 7, 9, 8, 9, 8, 12, 6, 6, 6, 8, 9, 8, 12, 6, 6, 8, 13, 10, 12, 6, 6, 7, 7, 9, 6, 4, 4, 4, 4, 4, 4, 10, 6, 6, 6, 7, 14, 11, 10, 7, 8, 10, 8, 11, 14, 11, 11, 9, 7, 9, 8, 11, 13, 9, 17, 10, 9, 2, 2, 2, 9, 3, 3, 3, 3, 15, 14, 9, 5, 5, 2, 8, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 15, 12, 22, 19, 17, 18, 18, 19, 21, 7, 16, 16, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 7, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 7, 16, 11, 11, 7, 7, 7, 7, 17, 7, 8, 12, 15, 9, 19, 7, 19, 8, 21, 11, 12, 19, 14, 22, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 16, 16, 19, 24, 12, 7, 14, 7, 12, 7, 8, 10, 10, 13, 7, 12, 12, 7, 7, 10, 18, 15, 12, 16, 7, 14, 12, 17, 10, 16, 17, 12, 17, 25, 7, 7, 7, 13, 6, 9, 6, 9, 18, 6, 6, 11, 20, 10, 6, 6, 6, 6, 6, 6, 17, 6, 6, 6, 15, 6, 6, 6, 6, 6, 8, 14, 11, 12, 11, 15, 13, 19, 17, 21, 7, 18, 8, 13, 13, 8, 12, 8, 6, 6, 13, 6, 15, 15, 16, 6, 6, 16, 6, 6, 6, 14, 6, 18, 6, 6, 6, 17, 18, 9, 13, 15, 8, 19, 8, 15, 15, 18, 14, 16, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 11, 10, 11, 6, 21, 23, 12, 17, 12, 11, 14, 13, 22, 15, 15, 11, 12, 14, 12, 7, 12, 8, 12, 14, 12, 18, 10, 8, 16, 19, 17, 12, 14, 15, 8, 19, 17, 12, 13, 13, 15, 18, 13, 23, 24, 23, 21, 17, 24, 8, 21, 8, 14, 14, 16, 20, 14, 8, 8, 15, 20, 8, 19, 21, 9, 8, 13, 12, 13, 15, 11, 8, 11, 9, 9, 8, 11, 8, 21, 14, 21, 15, 15, 13, 7, 19, 7, 7, 7, 7, 7, 7, 16, 12, 17, 18, 7, 7, 11, 11, 7, 9, 9, 2, 2, 3, 3, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 10, 10, 7, 9, 7, 7, 7, 6, 8, 6, 6, 6, 6, 6, 6, 6, 7, 6, 8, 6, 6, 9, 7, 7, 7, 4, 4, 4, 4, 4, 4, 4, 4, 8, 9, 8, 7, 8, 7, 8, 10, 7, 5, 5, 5, 5, 5, 5, 3, 9, 7, 7, 8, 6, 6, 6, 6, 6, 6, 6, 6, 9, 6, 6, 9, 11, 13, 7, 8, 9, 9, 5, 5, 5, 7, 8, 6, 6, 6, 6, 6, 6, 6, 7, 8, 9, 7, 10, 9, 10, 7, 8, 5, 5, 5, 5, 5, 5, 7, 7, 9, 8, 7, 7, 6, 6, 6, 6, 6, 6, 10, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 9, 10, 4, 4, 4, 4, 8, 7, 7, 10, 10, 9, 8, 8, 15, 9, 8, 8, 8, 8, 8, 9, 10, 9, 10, 7, 8, 13, 5, 5, 5, 5, 5, 3, 3, 7, 7, 8, 6, 6, 6, 4, 4, 11, 9, 7, 8, 9, 10, 7, 5, 5, 5, 5, 5, 3, 3, 7, 6, 6, 13, 7, 9, 8, 7, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 7, 8, 7, 8, 13, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 8, 8, 6, 6, 6, 6, 7, 6, 7, 6, 6, 9, 7, 4, 4, 4, 4, 4, 4, 4, 7, 8, 7, 8, 9, 8, 8, 8, 7, 10, 7, 8, 5, 5, 5, 5, 5, 5, 5, 5, 3, 7, 7, 7, 7, 9, 7, 10, 9, 6, 6, 6, 6, 6, 8, 8, 6, 6, 6, 7, 6, 6, 6, 9, 9, 4, 4, 13, 7, 10, 9, 9, 12, 7, 8, 8, 10, 8, 8, 8, 8, 8, 8, 5, 5, 5, 5, 3, 7, 7, 11, 7, 9, 8, 8, 6, 6, 10, 6, 8, 8, 8, 6, 7, 6, 6, 12, 4, 4, 4, 4, 4, 4, 4, 4, 4, 9, 8, 8, 16, 8, 9, 8, 7, 5, 5, 5, 5, 5, 3, 3, 7, 7, 7, 10, 15, 8, 9, 8, 9, 9, 6, 6, 6, 6, 6, 6, 7, 4, 8, 7, 8, 8, 7, 8, 11, 8, 5, 5, 5, 5, 5, 3, 7, 7, 6, 11, 16, 7, 6, 4, 4, 4, 4, 9, 9, 8, 8, 8, 13, 12, 8, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 11, 7, 8, 8, 9, 13, 7, 7, 7, 9, 8, 8, 9, 12, 7, 12, 7, 12, 8, 7, 10, 12, 9, 9, 6, 6, 8, 8, 6, 6, 6, 6, 6, 6, 6, 9, 8, 9, 11, 8, 6, 6, 6, 6, 6, 12, 7, 6, 6, 6, 9, 7, 7, 6, 6, 6, 6, 6, 11, 9, 6, 6, 6, 6, 6, 7, 9, 4, 4, 4, 4, 4, 4, 4, 4, 9, 9, 9, 9, 7, 7, 7, 7, 7, 11, 7, 7, 8, 8, 8, 8, 8, 8, 9, 8, 9, 9, 7, 7, 11, 11, 7, 12, 8, 8, 8, 8, 8, 7, 8, 8, 8, 8, 8, 13, 12, 8, 8, 8, 8, 7, 7, 7, 9, 5, 5, 5, 5, 5, 5, 5, 3, 3, 7, 7, 11, 7, 8, 8, 8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 10, 11, 6, 7, 9, 4, 4, 4, 4, 4, 4, 9, 9, 8, 9, 8, 8, 8, 7, 7, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 11, 7, 7, 7, 9, 6, 6, 11, 8, 10, 6, 6, 6, 12, 8, 8, 7, 6, 6, 8, 7, 4, 4, 4, 4, 4, 4, 4, 4, 9, 10, 9, 9, 8, 10, 9, 11, 8, 5, 5, 5, 7, 6, 6, 8, 7, 4, 4, 4, 4, 8, 7, 7, 8, 7, 8, 8, 5, 5, 5, 5, 7, 7, 8, 8, 8, 6, 6, 6, 6, 6, 10, 8, 9, 13, 6, 7, 6, 6, 8, 7, 8, 4, 4, 4, 4, 11, 8, 8, 8, 10, 5, 5, 8, 7, 8, 13, 8, 7, 6, 8, 6, 9, 7, 8, 7, 5, 5, 5, 5, 5, 5, 3, 3, 7, 8, 9, 6, 4, 8, 10, 10, 8, 12, 9, 13, 2, 7, 5, 5, 5, 5, 5, 7, 7, 10, 6, 6, 6, 6, 6, 6, 6, 8, 4, 4, 9, 8, 8, 8, 14, 8, 8, 8, 9, 8, 5, 5, 5, 5, 5, 3, 3, 9, 6, 6, 6, 6, 10, 12, 6, 6, 6, 6, 6, 6, 6, 4, 4, 4, 4, 11, 8, 7, 8, 8, 8, 5, 5, 3, 3, 3, 3, 7, 7, 6, 8, 6, 8, 11, 7, 6, 6, 6, 7, 4, 8, 11, 9, 10, 5, 5, 5, 3, 3, 3, 7, 7, 8, 9, 8, 15, 9, 6, 6, 6, 6, 6, 6, 11, 11, 4, 4, 4, 4, 4, 7, 9, 9, 10, 8, 7, 5, 5, 5, 5, 5, 5, 3, 3, 8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 9, 7, 4, 4, 4, 4, 4, 9, 9, 8, 8, 10, 13, 5, 5, 5, 3, 17, 7, 7, 7, 7, 7, 8, 6, 8, 13, 6, 6, 6, 6, 6, 6, 6, 6, 4, 4, 4, 9, 10, 8, 8, 8, 5, 5, 5, 5, 3, 7, 7, 7, 8, 8, 6, 6, 6, 8, 8, 8, 9, 10, 8, 4, 8, 10, 9, 8, 8, 8, 9, 13, 10, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 7, 8, 9, 9, 7, 7, 7, 10, 9, 9, 8, 9, 8, 8, 8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 8, 12, 6, 6, 6, 6, 6, 6, 6, 6, 6, 12, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 11, 8, 8, 9, 9, 10, 8, 9, 7, 7, 5, 5, 5, 5, 5, 5, 3, 7, 8, 7, 6, 6, 8, 6, 6, 10, 4, 7, 8, 9, 12, 8, 7, 7, 5, 5, 5, 5, 5, 5, 3, 3, 7, 14, 7, 9, 8, 8, 6, 6, 8, 12, 12, 6, 6, 7, 7, 10, 4, 4, 4, 4, 4, 9, 9, 14, 9, 13, 8, 7, 5, 5, 5, 6, 6, 6, 7, 4, 8, 7, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 7, 7, 7, 8, 6, 6, 6, 6, 6, 6, 12, 6, 6, 6, 6, 4, 4, 9, 9, 8, 8, 11, 7, 7, 7, 5, 5, 5, 3, 9, 8, 6, 6, 7, 4, 4, 4, 4, 4, 4, 8, 8, 11, 5, 5, 5, 7, 7, 7, 9, 6, 6, 6, 6, 6, 6, 9, 8, 4, 4, 4, 4, 7, 12, 9, 8, 8, 8, 7, 10, 10, 5, 5, 5, 5, 5, 5, 5, 3, 11, 14, 8, 7, 8, 8, 6, 6, 6, 6, 6, 8, 7, 6, 6, 6, 7, 6, 8, 9, 4, 4, 4, 7, 8, 9, 7, 9, 7, 7, 9, 8, 5, 5, 5, 5, 5, 5, 5, 5, 5, 11, 3, 9, 7, 7, 12, 14, 8, 6, 6, 12, 11, 8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 15, 7, 4, 4, 4, 16, 9, 9, 9, 8, 9, 9, 9, 9, 9, 8, 8, 8, 13, 11, 8, 5, 5, 5, 5, 3, 7, 6, 6, 8, 8, 8, 6, 6, 7, 10, 7, 4, 4, 4, 4, 9, 7, 8, 7, 7, 7, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 7, 7, 7, 9, 6, 6, 6, 6, 6, 8, 8, 7, 7, 9, 6, 6, 6, 7, 6, 6, 6, 6, 6, 15, 4, 4, 4, 4, 4, 8, 8, 7, 8, 12, 9, 8, 8, 8, 8, 8, 9, 8, 8, 10, 8, 8, 8, 8, 16, 9, 10, 2, 5, 5, 5, 5, 5, 5, 5, 9, 7, 6, 8, 9, 4, 4, 4, 4, 4, 7, 8, 8, 8, 9, 8, 11, 10, 5, 5, 5, 5, 3, 7, 8, 6, 6, 6, 6, 6, 8, 6, 6, 6, 6, 4, 12, 10, 12, 7, 7, 7, 7, 7, 7, 7, 5, 5, 5, 5, 3, 3, 7, 7, 10, 8, 9, 7, 6, 10, 7, 6, 6, 4, 4, 8, 9, 7, 9, 9, 9, 9, 8, 8, 8, 8, 10, 5, 5, 5, 5, 5, 5, 8, 7, 6, 6, 6, 10, 6, 7, 10, 7, 4, 4, 4, 4, 4, 4, 4, 12, 9, 10, 7, 7, 10, 8, 10, 5, 12, 9, 6, 6, 6, 6, 6, 7, 6, 4, 4, 4, 10, 9, 9, 8, 7, 7, 5, 5, 5, 5, 5, 5, 3, 3, 13, 7, 7, 9, 7, 7, 7, 8, 9, 9, 7, 8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7, 13, 9, 15, 15, 4, 4, 4, 4, 4, 10, 10, 9, 8, 9, 8, 8, 9, 7, 8, 7, 8, 5, 5, 7, 6, 6, 6, 4, 4, 4, 7, 8, 11, 8, 5, 5, 5, 5, 5, 5, 5, 7, 6, 6, 6, 6, 6, 6, 9, 11, 10, 7, 4, 4, 4, 9, 8, 8, 5, 5, 5, 5, 5, 9, 9, 6, 6, 6, 6, 6, 6, 6, 9, 9, 4, 4, 4, 4, 8, 8, 8, 9, 9, 8, 8, 8, 13, 2, 4, 2, 7, 5, 5, 5, 5, 5, 5, 9, 9, 6, 6, 6, 6, 10, 8, 8, 8, 6, 6, 6, 4, 4, 9, 8, 10, 8, 9, 8, 8, 8, 9, 8, 8, 5, 3, 3, 3, 11, 6, 6, 6, 7, 6, 6, 6, 4, 4, 9, 8, 5, 5, 5, 5, 5, 3, 11, 8, 6, 6, 6, 6, 6, 9, 7, 4, 4, 14, 10, 9, 8, 12, 8, 8, 8, 11, 15, 8, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 11, 11, 11, 10, 10, 7, 7, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 7, 11, 7, 7, 11, 11, 7, 8, 9, 10, 7, 7, 9, 9, 9, 9, 7, 7, 10, 8, 13, 8, 8, 8, 8, 11, 10, 6, 6, 8, 10, 11, 14, 14, 6, 6, 6, 6, 6, 6, 9, 11, 7, 7, 6, 8, 12, 11, 11, 6, 6, 10, 6, 6, 6, 6, 6, 10, 7, 7, 6, 6, 11, 6, 6, 6, 11, 8, 9, 7, 6, 10, 11, 9, 10, 11, 7, 11, 8, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 8, 6, 6, 8, 9, 10, 9, 6, 6, 6, 10, 6, 6, 6, 6, 11, 10, 11, 10, 9, 8, 7, 7, 7, 7, 11, 14, 8, 10, 9, 9, 8, 8, 7, 11, 8, 8, 8, 11, 11, 10, 10, 9, 10, 8, 11, 10, 8, 11, 9, 12, 8, 10, 8, 11, 8, 9, 9, 11, 11, 10, 11, 13, 8, 7, 8, 8, 9, 7, 8, 8, 8, 8, 7, 8, 2, 2, 2, 2, 2, 2, 2, 4, 4, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 2, 3, 3, 3, 3, 3, 3, 3, 3, 8, 6, 4, 4, 4, 11, 7, 11, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 5, 5, 5, 5, 3, 3, 3, 3, 8, 7, 7, 8, 8, 4, 8, 7, 7, 7, 9, 7, 8, 9, 8, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 6, 3, 3, 3, 3, 3, 3, 3, 3, 4, 2, 2, 3, 3, 3, 3, 3, 3, 4, 5, 5, 3, 3, 8, 8, 6, 9, 4, 4, 10, 7, 3, 3, 3, 2, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 3, 2, 2, 2, 3, 3, 3, 3, 3, 4, 10, 2, 3, 3, 3, 3, 3, 3, 3, 4, 2, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 3, 3, 3, 5, 2, 4, 2, 6, 2, 2, 9, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 5, 9, 8, 7, 9, 6, 6, 11, 4, 4, 4, 4, 4, 4, 4, 4, 6, 6, 7, 7, 11, 8, 8, 6, 5, 11, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 2, 2, 3, 3, 3, 3, 3, 3, 6, 4, 4, 4, 4, 3, 3, 3, 3, 5, 7, 2, 3, 3, 3, 3, 3, 8, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 6, 4, 4, 4, 4, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 2, 2, 3, 3, 3, 3, 3, 3, 2, 3, 3, 3, 3, 3, 6, 3, 3, 8, 10, 3, 4, 4, 1, 1, 1, 1, 1, 1, 1, 8, 9, 10, 7, 7, 1, 14, 18, 13, 18, 13, 10, 10, 16, 13, 18, 16, 13, 16, 18, 13, 22, 16, 16, 16, 14, 21, 16, 9, 14, 16, 9, 9, 14, 10, 10, 14, 12, 14, 19, 12, 11, 18, 13, 17, 15, 15, 15, 15, 16, 14, 13, 19, 18, 15, 19, 18, 12, 18, 12, 11, 20, 14, 15, 10, 17, 17, 16, 19, 20, 21, 15, 13, 16, 15, 15, 15, 1, 1, 3, 8, 7, 7, 8, 8, 8, 1, 6, 1, 1, 6, 3, 3, 4, 7, 3, 3, 5, 5, 4, 4, 4, 4, 4, 2, 7, 7, 8, 12, 3, 4, 5, 1, 3, 4, 4, 10, 4, 3, 3, 3, 8, 7, 7, 2, 2, 2, 2, 2, 2, 2, 2, 2, 12, 9, 20, 7, 5, 5, 5, 9, 13, 5, 5, 5, 5, 5, 3, 3, 3, 16, 5, 5, 5, 13, 7, 8, 8, 11, 8, 7, 9, 7, 11, 12, 9, 9, 8, 8, 11, 10, 14, 7, 12, 10, 11, 13, 7, 9, 11, 17, 17, 14, 13, 7, 8, 7, 10, 10, 7, 16, 13, 7, 8, 17, 12, 9, 8, 6, 7, 10, 6, 6, 12, 6, 8, 10, 8, 8, 8, 6, 8, 6, 14, 6, 6, 6, 13, 6, 10, 6, 6, 7, 14, 8, 6, 6, 10, 11, 10, 9, 9, 7, 7, 6, 6, 6, 9, 9, 7, 9, 10, 9, 13, 12, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 6, 6, 8, 8, 6, 8, 9, 10, 9, 7, 10, 10, 8, 7, 8, 7, 10, 12, 9, 8, 15, 8, 7, 8, 8, 7, 7, 15, 13, 7, 10, 9, 14, 18, 16, 7, 24, 7, 8, 10, 11, 16, 8, 14, 7, 9, 9, 9, 13, 19, 14, 15, 14, 11, 7, 13, 9, 10, 7, 13, 9, 10, 11, 12, 8, 9, 2, 3, 5, 8, 7, 4, 4, 15, 10, 5, 3, 3, 3, 3, 3, 5, 4, 4, 4, 2, 2, 2, 2, 2, 1, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 2, 12, 5, 3, 8, 10, 15, 6, 7, 2, 3, 2, 5, 5, 12, 2, 5, 5, 5, 5, 2, 2, 5, 5, 12, 9, 5, 2, 2, 9, 5, 5, 12, 12, 5, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 9, 12, 5, 8, 8, 9, 5, 5, 5, 8, 19, 7, 16, 15, 14, 9, 9, 9, 9, 7, 11, 11, 11, 7, 14, 10, 10, 5, 5, 5, 5, 5, 5, 5, 5, 5, 15, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9, 9, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 14, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 15, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 5, 5, 5, 5, 5, 12, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9, 9, 12, 9, 9, 12, 12, 12, 15, 7, 11, 7, 14, 11, 18, 13, 8, 18, 15, 18, 12, 14, 12, 8, 8, 8, 8, 9, 9, 9, 12, 7, 10, 10, 8, 8, 12, 12, 12, 7, 12, 12, 9, 7, 7, 7, 7, 7, 8, 15, 12, 9, 10, 10, 7, 10, 10, 13, 11, 10, 9, 22, 11, 9, 8, 8, 8, 8, 8, 13, 18, 13, 9, 15, 19, 9, 7, 7, 10, 7, 7, 7, 11, 8, 13, 17, 7, 7, 10, 10, 10, 7, 20, 16, 7, 7, 7, 7, 7, 7, 11, 21, 12, 12, 13, 11, 14, 16, 8, 8, 13, 11, 7, 7, 13, 7, 7, 14, 15, 15, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 13, 10, 18, 6, 6, 6, 6, 6, 6, 6, 6, 6, 11, 8, 8, 12, 12, 11, 11, 8, 12, 9, 9, 9, 13, 13, 9, 9, 9, 9, 9, 9, 6, 10, 12, 6, 6, 6, 6, 17, 11, 7, 7, 7, 7, 14, 14, 12, 6, 7, 7, 6, 6, 15, 10, 13, 10, 6, 8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7, 13, 9, 9, 15, 13, 6, 12, 12, 6, 19, 11, 10, 7, 7, 16, 8, 19, 17, 9, 9, 9, 9, 9, 6, 6, 6, 10, 8, 16, 8, 6, 6, 9, 6, 6, 6, 6, 6, 6, 6, 6, 8, 8, 8, 6, 7, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 14, 6, 6, 6, 6, 20, 6, 9, 6, 14, 9, 9, 9, 6, 9, 8, 8, 12, 9, 8, 8, 8, 8, 7, 8, 12, 7, 8, 8, 8, 6, 8, 6, 6, 6, 6, 6, 6, 6, 9, 8, 8, 6, 6, 13, 9, 12, 13, 12, 14, 13, 12, 11, 11, 6, 8, 8, 8, 6, 13, 12, 11, 11, 12, 6, 11, 12, 11, 13, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 15, 6, 6, 6, 6, 6, 6, 6, 13, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 8, 8, 8, 8, 6, 18, 6, 12, 13, 13, 13, 9, 10, 15, 9, 12, 6, 6, 6, 6, 6, 6, 6, 6, 9, 15, 10, 9, 10, 13, 9, 19, 8, 18, 17, 10, 10, 8, 8, 6, 6, 6, 6, 6, 6, 10, 14, 8, 16, 16, 9, 8, 15, 8, 8, 10, 12, 14, 7, 7, 8, 8, 7, 7, 7, 7, 8, 13, 13, 11, 9, 9, 9, 12, 10, 17, 8, 11, 9, 7, 7, 14, 8, 14, 14, 7, 7, 7, 7, 7, 7, 14, 7, 7, 7, 7, 7, 10, 10, 8, 14, 7, 7, 7, 7, 8, 8, 8, 8, 8, 17, 9, 7, 15, 7, 8, 12, 7, 9, 14, 7, 7, 7, 9, 13, 8, 14, 7, 16, 18, 13, 15, 14, 12, 13, 10, 15, 9, 7, 7, 7, 10, 13, 15, 15, 9, 9, 9, 9, 19, 11, 7, 11, 11, 13, 8, 8, 8, 8, 7, 12, 19, 17, 9, 9, 13, 7, 7, 7, 9, 7, 7, 7, 12, 13, 15, 10, 8, 8, 14, 15, 12, 13, 13, 8, 12, 14, 7, 11, 7, 14, 15, 13, 12, 8, 8, 8, 8, 11, 13, 15, 15, 8, 13, 12, 8, 8, 8, 13, 10, 16, 14, 11, 8, 8, 12, 12, 9, 15, 15, 12, 12, 13, 8, 8, 9, 12, 13, 9, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 8, 11, 12, 11, 7, 14, 7, 13, 13, 13, 12, 18, 16, 7, 12, 11, 10, 10, 15, 9, 9, 9, 21, 7, 7, 7, 11, 16, 8, 8, 11, 11, 7, 7, 7, 7, 7, 19, 7, 7, 7, 7, 7, 7, 7, 7, 7, 12, 8, 9, 12, 14, 11, 9, 9, 9, 22, 12, 3, 3, 4, 8, 8, 15, 4, 2, 2, 5, 5, 3, 3, 3, 3, 3, 3, 6, 6, 4, 4, 4, 12, 7, 10, 2, 3, 3, 3, 3, 3, 3, 3, 6, 7, 3, 7, 5, 14, 4, 4, 7, 8, 10, 4, 1, 3, 3, 6, 2, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 4, 2, 2, 5, 3, 4, 2, 2, 2, 2, 2, 2, 2, 11, 5, 5, 5, 11, 5, 5, 3, 5, 5, 5, 5, 11, 14, 13, 9, 11, 9, 12, 8, 11, 11, 8, 11, 16, 9, 9, 7, 10, 9, 12, 8, 15, 6, 7, 6, 6, 13, 10, 8, 11, 8, 6, 6, 6, 12, 16, 6, 11, 7, 8, 9, 18, 6, 6, 9, 4, 4, 6, 13, 6, 6, 6, 6, 8, 8, 9, 16, 7, 7, 14, 7, 8, 8, 8, 7, 7, 7, 7, 7, 7, 15, 13, 7, 10, 7, 7, 10, 12, 16, 15, 7, 9, 9, 14, 11, 11, 10, 9, 10, 8, 12, 7, 8, 7, 7, 10, 12, 7, 12, 8, 7, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 3, 3, 5, 5, 5, 10, 8, 7, 4, 4, 4, 8, 7, 10, 9, 7, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 1, 3, 3, 3, 3, 3, 3, 3, 7, 4, 5, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 6, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 9, 8, 2, 2, 2, 8, 12, 7, 7, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 8, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 5, 7, 11, 9, 8, 8, 8, 7, 8, 9, 7, 7, 9, 7, 7, 7, 10, 7, 7, 10, 9, 10, 6, 6, 6, 6, 6, 6, 15, 7, 8, 9, 9, 8, 6, 6, 10, 9, 6, 8, 13, 9, 7, 6, 6, 6, 6, 6, 6, 12, 6, 6, 7, 6, 7, 6, 6, 6, 10, 10, 7, 6, 6, 6, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6, 14, 6, 6, 7, 7, 9, 6, 6, 6, 6, 9, 9, 8, 9, 10, 9, 8, 9, 12, 7, 7, 7, 8, 7, 10, 12, 11, 9, 10, 7, 7, 7, 9, 10, 10, 8, 12, 9, 7, 7, 9, 8, 8, 8, 10, 7, 7, 8, 9, 9, 7, 7, 7, 8, 2, 4, 2, 4, 6, 3, 4, 2, 3, 3, 3, 3, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 8, 6, 4, 7, 3, 3, 3, 3, 3, 3, 3, 12, 3, 3, 3, 3, 3, 3, 4, 4, 2, 3, 5, 3, 4, 7, 3, 3, 3, 3, 3, 3, 4, 3, 3, 3, 3, 3, 3, 3, 4, 3, 3, 6, 4, 3, 4, 2, 2, 2, 5, 3, 3, 3, 3, 3, 5, 4, 4, 4, 4, 2, 7, 6, 8, 9, 2, 2, 2, 2, 3, 3, 3, 5, 7, 2, 3, 3, 8, 7, 7, 2, 2, 8, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 8, 8, 7, 7, 6, 10, 6, 9, 7, 11, 4, 6, 8, 8, 7, 8, 4, 2, 5, 5, 5, 5, 3, 3, 3, 11, 8, 9, 6, 6, 8, 7, 4, 4, 7, 6, 8, 7, 2, 2, 3, 3, 3, 3, 4, 3, 3, 3, 3, 3, 3, 3, 3, 7, 2, 2, 5, 3, 3, 2, 3, 3, 3, 3, 3, 3, 4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 12, 5, 5, 3, 3, 3, 5, 10, 12, 6, 15, 4, 6, 6, 7, 14, 9, 3, 3, 3, 3, 3, 8, 2, 2, 3, 5, 5, 3, 3, 3, 3, 3, 3, 8, 8, 6, 8, 7, 5, 8, 4, 6, 11, 2, 2, 7, 3, 3, 2, 9, 8, 5, 5, 5, 3, 3, 3, 5, 5, 5, 7, 7, 6, 6, 10, 6, 8, 6, 8, 9, 7, 4, 4, 4, 4, 4, 7, 6, 6, 8, 7, 7, 10, 9, 9, 8, 11, 8, 3, 3, 3, 3, 3, 4, 4, 2, 3, 3, 3, 3, 3, 7, 6, 2, 5, 5, 6, 7, 6, 4, 8, 9, 11, 2, 2, 3, 3, 3, 3, 3, 3, 3, 2, 2, 5, 3, 3, 3, 3, 3, 9, 9, 6, 4, 8, 7, 7, 5, 9, 8, 6, 2, 6, 8, 7, 8, 5, 5, 5, 5, 5, 3, 3, 3, 16, 8, 7, 7, 7, 8, 7, 7, 7, 7, 9, 6, 9, 6, 10, 7, 7, 7, 6, 10, 8, 9, 11, 11, 8, 4, 4, 10, 8, 8, 6, 9, 6, 11, 8, 8, 8, 15, 7, 8, 9, 5, 3, 3, 3, 3, 3, 5, 2, 2, 3, 8, 9, 10, 3, 2, 2, 2, 2, 2, 2, 3, 6, 4, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 2, 3, 3, 3, 3, 3, 3, 3, 11, 5, 3, 3, 3, 3, 3, 3, 3, 3, 6, 7, 4, 4, 2, 3, 3, 3, 3, 3, 3, 3, 12, 7, 4, 12, 4, 6, 5, 4, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 4, 11, 10, 6, 4, 6, 10, 8, 3, 3, 3, 3, 3, 3, 3, 3, 5, 4, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2, 5, 3, 4, 4, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 10, 5, 5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 7, 8, 8, 7, 13, 12, 10, 10, 8, 8, 7, 7, 9, 12, 11, 6, 6, 8, 8, 9, 7, 7, 7, 10, 15, 10, 4, 4, 4, 4, 4, 11, 8, 8, 9, 7, 9, 14, 14, 12, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 12, 5, 5, 5, 11, 10, 7, 9, 3, 8, 7, 3, 15, 13, 11, 4, 4, 2, 2, 2, 19, 7, 5, 5, 3, 3, 3, 3, 3, 3, 3, 5, 22, 18, 6, 14, 17, 4, 4, 19, 16, 18, 2, 3, 3, 7, 2, 3, 2, 3, 3, 6, 4, 2, 3, 3, 2, 5, 3, 3, 3, 3, 3, 3, 3, 9, 9, 2, 3, 2, 2, 2, 3, 3, 3, 5, 7, 14, 7, 7, 12, 9, 13, 6, 11, 6, 10, 9, 7, 7, 8, 12, 12, 8, 8, 8, 10, 7, 7, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 5, 8, 10, 7, 8, 11, 8, 12, 9, 4, 14, 7, 7, 9, 13, 2, 3, 3, 3, 3, 3, 3, 2, 3, 3, 3, 1, 2, 2, 3, 3, 3, 3, 3, 3, 5, 2, 2, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 8, 4, 4, 4, 3, 2, 3, 3, 3, 3, 5, 2, 2, 2, 2, 2, 2, 2, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 7, 7, 7, 7, 7, 8, 8, 8, 8, 8, 12, 9, 8, 8, 9, 8, 6, 17, 6, 6, 6, 8, 8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7, 4, 4, 8, 8, 9, 9, 9, 7, 7, 7, 7, 7, 7, 7, 9, 9, 9, 7, 8, 8, 8, 10, 7, 13, 10, 8, 9, 3, 3, 5, 3, 3, 3, 3, 3, 7, 7, 6, 6, 10, 13, 11, 11, 8, 8, 9, 8, 9, 9, 10, 10, 10, 11, 10, 10, 13, 13, 16, 15, 11, 12, 9, 9, 10, 9, 11, 10, 9, 9, 14, 7, 8, 3, 10, 7, 7, 3, 2, 2, 2, 5, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 6, 7, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3, 4, 11, 6, 7, 4, 6, 2, 2, 3, 3, 3, 1, 3, 3, 3, 3, 3, 3, 6, 4, 4, 2, 2, 2, 3, 3, 3, 3, 4, 4, 6, 6, 6, 6, 5, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 9, 11, 6, 10, 9, 12, 7, 7, 11, 14, 9, 7, 12, 3, 3, 7, 12, 11, 12, 7, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 9, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 11, 5, 5, 5, 5, 5, 5, 5, 5, 11, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 5, 5, 5, 5, 5, 5, 5, 3, 3, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 3, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 6, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 3, 10, 3, 3, 3, 11, 3, 5, 9, 11, 8, 12, 14, 9, 7, 8, 7, 7, 11, 11, 7, 7, 10, 9, 8, 10, 9, 7, 7, 7, 7, 7, 7, 8, 8, 7, 11, 8, 8, 8, 7, 7, 10, 8, 7, 13, 12, 7, 17, 10, 8, 8, 11, 7, 11, 11, 14, 7, 11, 7, 8, 6, 9, 20, 8, 7, 9, 16, 7, 10, 6, 11, 10, 8, 9, 7, 16, 11, 11, 9, 8, 9, 8, 8, 8, 11, 8, 15, 8, 8, 9, 7, 8, 8, 11, 10, 7, 5, 7, 10, 10, 15, 7, 7, 7, 8, 7, 8, 8, 10, 11, 10, 10, 10, 11, 11, 7, 8, 6, 8, 8, 10, 6, 8, 6, 6, 7, 8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 16, 6, 15, 6, 7, 11, 11, 7, 9, 10, 11, 13, 10, 6, 16, 8, 10, 12, 11, 6, 6, 6, 6, 6, 6, 6, 10, 6, 10, 7, 7, 7, 11, 7, 11, 6, 6, 6, 6, 6, 6, 17, 7, 7, 6, 6, 12, 22, 6, 6, 6, 6, 6, 8, 6, 6, 6, 6, 7, 6, 6, 5, 6, 6, 8, 11, 6, 9, 14, 11, 9, 11, 7, 7, 8, 6, 6, 6, 8, 10, 9, 6, 6, 6, 6, 9, 7, 6, 6, 6, 6, 6, 15, 6, 4, 4, 4, 6, 4, 17, 8, 11, 6, 6, 9, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 7, 6, 6, 6, 6, 10, 6, 10, 6, 6, 6, 6, 12, 8, 6, 6, 6, 6, 6, 6, 6, 6, 6, 9, 6, 6, 6, 6, 18, 6, 6, 6, 8, 9, 10, 7, 8, 9, 10, 11, 7, 13, 6, 8, 8, 6, 6, 14, 7, 7, 7, 7, 10, 7, 14, 9, 6, 6, 9, 15, 9, 7, 14, 6, 11, 14, 13, 7, 12, 8, 7, 7, 7, 7, 7, 12, 7, 10, 9, 16, 6, 8, 6, 5, 17, 6, 8, 10, 4, 6, 4, 10, 15, 17, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 8, 4, 4, 11, 7, 4, 4, 7, 7, 7, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 19, 17, 6, 10, 11, 6, 6, 6, 6, 18, 6, 6, 11, 4, 4, 4, 5, 6, 6, 6, 9, 5, 6, 4, 6, 6, 4, 6, 6, 6, 6, 10, 6, 6, 4, 6, 6, 10, 6, 10, 6, 6, 6, 6, 11, 6, 6, 10, 6, 6, 8, 6, 6, 6, 8, 6, 11, 4, 11, 9, 10, 9, 11, 4, 8, 4, 11, 12, 7, 9, 8, 6, 7, 7, 8, 12, 12, 11, 13, 10, 11, 7, 7, 7, 9, 7, 11, 10, 7, 7, 7, 16, 11, 10, 11, 17, 9, 9, 8, 8, 7, 7, 7, 9, 7, 7, 7, 14, 7, 13, 9, 11, 10, 14, 10, 10, 12, 11, 10, 7, 10, 5, 14, 8, 8, 8, 9, 7, 8, 7, 7, 9, 8, 7, 8, 7, 7, 7, 7, 7, 7, 7, 11, 8, 10, 8, 7, 8, 14, 11, 8, 9, 9, 9, 8, 24, 10, 10, 12, 7, 7, 15, 11, 8, 8, 12, 11, 8, 9, 9, 7, 8, 9, 10, 11, 10, 11, 7, 12, 7, 7, 11, 9, 8, 14, 13, 12, 8, 11, 10, 8, 8, 7, 7, 14, 9, 10, 8, 9, 11, 7, 14, 8, 8, 13, 8, 8, 12, 7, 10, 14, 14, 11, 9, 10, 9, 9, 7, 7, 11, 11, 13, 9, 13, 5, 5, 5, 7, 9, 5, 11, 12, 14, 8, 7, 7, 11, 10, 9, 7, 8, 8, 7, 10, 11, 11, 5, 5, 7, 5, 5, 5, 7, 7, 15, 7, 7, 8, 7, 15, 12, 12, 10, 7, 8, 7, 11, 7, 7, 7, 23, 11, 8, 8, 11, 10, 7, 8, 11, 7, 19, 7, 7, 6, 9, 9, 9, 11, 3, 4, 7, 8, 6, 6, 4, 10, 8, 2, 2]);
const edgeChild = /*#__PURE__*/ new Uint16Array([0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 8, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 1, 1, 1, 1, 1, 18, 1, 1, 1, 1, 1, 1, 11, 1, 11, 1, 11, 14, 1, 1, 1, 1, 11, 1, 11, 1, 1, 1, 1, 1, 15, 24, 1, 1, 1, 1, 1, 1, 21, 1, 1, 1, 1, 22, 11, 1, 1, 1, 1, 1, 1, 1, 1, 23, 1, 1, 1, 17, 19, 1, 1, 16, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 25, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 20, 1, 1, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 1, 27, 28, 29, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 11, 11, 11, 11, 1, 36, 0, 0, 0, 1, 1, 1, 1, 39, 38, 1, 1, 1, 1, 1, 37, 1, 1, 1, 1, 41, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 42, 0, 0, 0, 0, 43, 44, 0, 0, 0, 0, 11, 1, 1, 1, 11, 1, 1, 1, 47, 49, 49, 49, 47, 49, 47, 47, 48, 49, 47, 49, 47, 47, 47, 47, 47, 47, 49, 47, 47, 48, 47, 47, 47, 47, 49, 50, 50, 48, 49, 47, 47, 47, 47, 47, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 53, 55, 53, 53, 53, 55, 53, 54, 53, 56, 53, 54, 54, 53, 53, 53, 54, 56, 54, 56, 53, 54, 54, 11, 58, 58, 57, 59, 54, 56, 53, 53, 51, 52, 60, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 63, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 1, 1, 70, 71, 11, 1, 1, 69, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 11, 80, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 85, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 83, 86, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 84, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 11, 1, 1, 1, 1, 96, 1, 98, 1, 1, 1, 1, 1, 1, 1, 1, 101, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 104, 104, 1, 1, 11, 1, 107, 1, 1, 1, 1, 1, 1, 1, 105, 1, 106, 1, 108, 1, 1, 1, 1, 1, 109, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 117, 118, 1, 1, 1, 1, 1, 1, 120, 120, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 128, 129, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 129, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 129, 1, 1, 1, 1, 1, 1, 1, 1, 1, 133, 130, 132, 127, 1, 131, 1, 1, 121, 1, 1, 1, 1, 124, 1, 134, 1, 1, 1, 1, 1, 1, 126, 1, 115, 1, 116, 1, 11, 135, 113, 119, 1, 1, 1, 1, 1, 114, 122, 1, 11, 11, 11, 125, 123, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 11, 11, 1, 1, 1, 1, 1, 11, 141, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 143, 1, 1, 1, 1, 1, 1, 1, 1, 144, 145, 11, 11, 142, 140, 49, 49, 147, 53, 53, 146, 149, 148, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 152, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 150, 0, 0, 0, 0, 1, 0, 151, 139, 1, 0, 1, 1, 11, 11, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 155, 154, 23, 1, 1, 11, 11, 1, 23, 11, 11, 1, 1, 1, 1, 1, 141, 1, 1, 159, 1, 1, 1, 1, 160, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 1, 1, 143, 1, 1, 159, 1, 1, 1, 1, 160, 1, 1, 1, 141, 1, 1, 1, 159, 1, 164, 1, 1, 1, 160, 1, 1, 141, 1, 1, 1, 164, 1, 1, 1, 1, 1, 141, 1, 1, 1, 1, 1, 1, 1, 1, 141, 1, 1, 164, 1, 1, 164, 1, 1, 1, 1, 1, 1, 1, 170, 1, 1, 1, 159, 1, 1, 164, 1, 1, 1, 160, 1, 1, 170, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 143, 1, 1, 159, 1, 164, 1, 1, 1, 160, 1, 1, 141, 1, 1, 159, 1, 164, 1, 1, 1, 160, 1, 1, 141, 1, 1, 1, 1, 159, 1, 164, 1, 1, 1, 160, 1, 1, 1, 141, 1, 1, 159, 1, 1, 1, 1, 176, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 1, 179, 1, 1, 170, 1, 1, 1, 1, 1, 159, 1, 1, 164, 1, 1, 1, 160, 1, 1, 170, 1, 1, 1, 1, 1, 159, 1, 1, 164, 1, 1, 1, 160, 1, 1, 170, 1, 1, 1, 1, 1, 164, 1, 1, 1, 1, 174, 166, 166, 11, 1, 11, 178, 1, 1, 1, 1, 1, 167, 167, 167, 161, 1, 1, 1, 165, 167, 171, 177, 1, 1, 1, 1, 165, 165, 1, 1, 163, 161, 174, 165, 169, 182, 173, 182, 1, 1, 180, 1, 173, 162, 165, 1, 1, 1, 1, 165, 1, 168, 1, 1, 1, 11, 1, 183, 1, 172, 1, 1, 1, 172, 171, 175, 181, 163, 174, 1, 1, 1, 1, 1, 1, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 185, 186, 185, 185, 186, 185, 185, 185, 185, 187, 187, 185, 185, 186, 185, 186, 185, 185, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 189, 11, 1, 11, 11, 11, 11, 1, 11, 11, 11, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 201, 1, 203, 204, 202, 201, 201, 1, 1, 207, 1, 208, 206, 1, 11, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 219, 201, 201, 201, 201, 219, 1, 1, 1, 1, 222, 223, 221, 1, 1, 1, 1, 1, 1, 225, 225, 1, 1, 1, 225, 225, 227, 228, 226, 1, 230, 1, 1, 1, 1, 11, 236, 237, 238, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 205, 209, 1, 1, 1, 1, 158, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 233, 1, 1, 1, 8, 1, 1, 1, 1, 244, 1, 1, 241, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 192, 216, 1, 1, 1, 212, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 199, 1, 1, 1, 1, 1, 1, 1, 217, 1, 1, 1, 1, 232, 1, 1, 1, 1, 184, 1, 220, 1, 215, 1, 1, 1, 218, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 197, 1, 11, 1, 1, 11, 1, 1, 1, 1, 200, 1, 1, 1, 214, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 245, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 231, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 191, 11, 1, 1, 1, 194, 11, 1, 1, 1, 1, 1, 1, 1, 235, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 193, 1, 1, 1, 1, 1, 1, 1, 240, 1, 1, 1, 198, 1, 1, 1, 213, 1, 11, 1, 229, 210, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 217, 1, 1, 1, 1, 196, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 188, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 211, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 242, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 243, 1, 1, 11, 1, 1, 1, 1, 195, 1, 1, 1, 211, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 234, 1, 1, 1, 190, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 224, 1, 1, 1, 11, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 239, 1, 1, 11, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 255, 0, 0, 0, 0, 0, 256, 0, 0, 0, 0, 0, 0, 1, 11, 1, 1, 1, 260, 1, 1, 1, 0, 261, 258, 259, 1, 1, 1, 1, 1, 1, 266, 1, 268, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 264, 1, 1, 1, 1, 1, 270, 1, 1, 11, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 269, 1, 1, 1, 11, 1, 1, 1, 1, 265, 1, 1, 1, 263, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 267, 1, 1, 1, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 11, 1, 11, 1, 1, 1, 1, 11, 1, 1, 276, 1, 1, 14, 1, 1, 1, 11, 11, 273, 274, 1, 1, 1, 1, 275, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 278, 1, 1, 11, 17, 1, 1, 1, 1, 1, 1, 279, 1, 1, 1, 277, 11, 11, 1, 1, 1, 1, 1, 1, 1, 1, 279, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 288, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 292, 292, 1, 0, 0, 0, 0, 0, 1, 11, 0, 0, 0, 0, 0, 0, 0, 0, 185, 1, 297, 298, 1, 11, 1, 1, 1, 1, 11, 300, 1, 1, 299, 1, 1, 302, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 307, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 11, 1, 1, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 11, 0, 319, 0, 0, 320, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 336, 1, 1, 1, 1, 1, 1, 0, 0, 63, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 1, 0, 344, 0, 0, 0, 0, 0, 0, 0, 0, 0, 346, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 362, 362, 363, 362, 0, 1, 211, 1, 1, 14, 358, 1, 356, 0, 0, 0, 0, 0, 0, 0, 359, 1, 1, 364, 1, 1, 241, 1, 1, 1, 1, 357, 1, 1, 354, 1, 360, 1, 352, 1, 361, 1, 353, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 11, 355, 355, 1, 1, 1, 8, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 351, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 367, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 302, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 407, 407, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 399, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 1, 0, 1, 375, 386, 1, 1, 374, 409, 1, 380, 1, 1, 372, 404, 1, 1, 390, 371, 376, 1, 1, 1, 383, 414, 392, 1, 1, 1, 1, 1, 1, 393, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 402, 406, 0, 0, 86, 1, 1, 0, 400, 377, 413, 378, 381, 388, 1, 403, 0, 1, 0, 86, 397, 395, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 416, 1, 1, 387, 1, 86, 1, 0, 1, 1, 1, 419, 1, 0, 0, 86, 394, 0, 1, 373, 1, 1, 1, 0, 1, 1, 396, 1, 0, 1, 1, 1, 0, 1, 421, 384, 1, 1, 0, 1, 0, 0, 412, 0, 1, 1, 1, 86, 405, 1, 1, 401, 398, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 379, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 411, 0, 86, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 415, 1, 1, 1, 0, 0, 418, 0, 0, 0, 1, 391, 1, 0, 86, 417, 1, 0, 0, 0, 0, 420, 1, 1, 0, 0, 1, 0, 1, 0, 389, 0, 385, 0, 1, 1, 1, 0, 1, 1, 0, 408, 382, 410, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 11, 1, 1, 1, 11, 436, 436, 1, 1, 11, 11, 1, 436, 1, 1, 11, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 448, 1, 1, 0, 1, 1, 1, 1, 241, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 466, 466, 1, 1, 0, 0, 352, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 479, 1, 478, 1, 1, 1, 1, 1, 1, 1, 1, 1, 483, 1, 11, 11, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 491, 1, 1, 1, 493, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 490, 1, 485, 1, 1, 1, 1, 472, 1, 1, 1, 1, 1, 1, 1, 1, 486, 11, 1, 1, 1, 1, 492, 1, 1, 1, 487, 481, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 352, 1, 469, 1, 1, 11, 489, 1, 1, 352, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 474, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 492, 1, 1, 1, 1, 352, 1, 488, 1, 1, 1, 482, 476, 1, 1, 1, 1, 1, 477, 1, 494, 480, 1, 1, 1, 1, 1, 475, 1, 1, 1, 1, 1, 1, 1, 1, 1, 470, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 484, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 473, 1, 1, 1, 1, 1, 471, 1, 255, 495, 1, 1, 1, 1, 1, 11, 1, 1, 1, 1, 11, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 0, 501, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 11, 1, 71, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 505, 0, 505, 505, 505, 505, 505, 505, 505, 0, 505, 505, 505, 505, 505, 1, 505, 505, 505, 0, 505, 505, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 510, 509, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 514, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 507, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 508, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 516, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 505, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 513, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 506, 0, 0, 517, 512, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 511, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 505, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 506, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 505, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 515, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 527, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 235, 235, 1, 531, 1, 1, 1, 530, 1, 1, 1, 1, 1, 526, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 528, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 532, 1, 1, 529, 1, 1, 1, 1, 1, 1, 1, 1, 407, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 533, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 544, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 1, 1, 11, 1, 547, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 552, 1, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 11, 11, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 1, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 63, 1, 1, 11, 11, 11, 11, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 567, 1, 1, 1, 1, 1, 1, 1, 568, 1, 1, 1, 1, 1, 1, 1, 566, 1, 1, 1, 11, 1, 1, 570, 274, 1, 1, 1, 11, 11, 1, 1, 11, 1, 11, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 574, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 580, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 139, 1, 1, 11, 585, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 114, 1, 1, 1, 11, 1, 1, 1, 1, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 590, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 151, 1, 1, 1, 263, 1, 1, 11, 34, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 615, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 255, 1, 363, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 620, 1, 1, 1, 1, 0, 622, 0, 86, 0, 621, 0, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 11, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 629, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 624, 624, 0, 628, 626, 624, 624, 624, 624, 624, 630, 624, 624, 634, 624, 624, 624, 624, 624, 624, 624, 624, 624, 624, 631, 628, 624, 624, 628, 624, 624, 624, 624, 624, 624, 624, 624, 624, 624, 624, 624, 624, 626, 624, 624, 624, 624, 624, 632, 624, 624, 624, 624, 624, 624, 0, 0, 0, 1, 633, 1, 1, 1, 1, 627, 1, 1, 1, 1, 1, 625, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 11, 638, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 11, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 11, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 11, 1, 1, 11, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 103, 68, 316, 342, 447, 576, 0, 4, 72, 271, 290, 318, 343, 369, 423, 449, 0, 538, 560, 577, 640, 10, 0, 64, 95, 433, 445, 465, 618, 0, 536, 559, 573, 655, 0, 34, 6, 0, 500, 539, 645, 603, 74, 0, 7, 321, 291, 424, 502, 452, 579, 86, 641, 0, 619, 345, 454, 504, 10, 112, 324, 545, 6, 34, 0, 347, 86, 426, 86, 522, 12, 6, 138, 284, 310, 0, 656, 549, 0, 606, 0, 67, 6, 6, 287, 102, 2, 468, 434, 446, 639, 0, 6, 0, 6, 322, 110, 6, 604, 540, 581, 0, 503, 425, 308, 323, 9, 75, 111, 642, 584, 427, 348, 335, 455, 153, 78, 326, 588, 550, 644, 607, 370, 365, 518, 6, 79, 156, 13, 311, 285, 563, 589, 608, 555, 593, 613, 654, 40, 6, 296, 330, 368, 340, 253, 34, 569, 596, 253, 45, 251, 301, 331, 341, 442, 459, 520, 309, 0, 77, 605, 0, 439, 453, 334, 86, 283, 86, 0, 623, 587, 543, 328, 457, 86, 428, 422, 0, 0, 0, 10, 598, 614, 252, 0, 460, 443, 572, 557, 616, 658, 92, 253, 46, 332, 431, 461, 612, 0, 551, 329, 312, 86, 250, 87, 31, 425, 34, 6, 429, 366, 339, 647, 635, 565, 592, 554, 0, 294, 88, 34, 441, 458, 0, 34, 462, 0, 254, 636, 558, 10, 444, 463, 253, 284, 93, 257, 637, 617, 600, 521, 464, 432, 286, 262, 94, 62, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 663, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 450, 0, 0, 0, 0, 0, 0, 0, 0, 89, 0, 136, 0, 0, 546, 591, 0, 0, 0, 0, 0, 0, 0, 30, 0, 594, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 450, 0, 0, 0, 0, 542, 0, 293, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 282, 0, 0, 0, 0, 0, 0, 0, 660, 0, 0, 0, 0, 0, 659, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 430, 0, 0, 0, 523, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 73, 0, 0, 0, 0, 0, 0, 534, 0, 0, 0, 0, 0, 0, 440, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 246, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 556, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 535, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 305, 317, 0, 0, 0, 0, 0, 571, 313, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 553, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 496, 0, 0, 0, 350, 0, 0, 0, 0, 81, 0, 289, 0, 0, 0, 0, 0, 0, 26, 0, 0, 0, 0, 611, 0, 0, 0, 0, 643, 562, 0, 0, 0, 0, 280, 0, 0, 0, 0, 0, 0, 498, 0, 0, 519, 0, 0, 0, 0, 0, 65, 0, 0, 0, 303, 61, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 82, 0, 0, 0, 0, 0, 0, 0, 282, 0, 0, 0, 0, 0, 315, 653, 0, 76, 0, 0, 0, 0, 0, 0, 0, 0, 0, 662, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 157, 0, 314, 0, 0, 0, 0, 0, 0, 610, 0, 0, 0, 0, 0, 0, 564, 0, 0, 0, 0, 0, 0, 0, 0, 0, 609, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 66, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 248, 0, 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 91, 0, 541, 0, 0, 0, 0, 0, 597, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 91, 90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 525, 0, 524, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 295, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 497, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 325, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 578, 0, 0, 0, 0, 0, 0, 0, 0, 333, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 73, 272, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 91, 0, 649, 0, 0, 595, 0, 0, 0, 0, 0, 0, 0, 0, 0, 281, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 652, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 561, 0, 0, 0, 91, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 537, 0, 657, 0, 0, 467, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 438, 0, 0, 0, 586, 0, 100, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 35, 0, 0, 0, 0, 0, 0, 33, 99, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 327, 0, 0, 0, 249, 0, 0, 0, 0, 0, 0, 601, 0, 0, 0, 0, 137, 0, 0, 0, 0, 0, 602, 0, 0, 0, 0, 0, 0, 0, 450, 456, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 435, 0, 349, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 306, 0, 0, 337, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 575, 0, 0, 0, 451, 0, 0, 437, 0, 0, 0, 0, 0, 0, 646, 0, 0, 0, 582, 0, 0, 97, 0, 583, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 548, 499, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 304, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 450, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 651, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 650, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 661, 0, 0, 0, 0, 0, 599, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 338, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 648, 0, 0, 247, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 666, 666, 666, 666, 666, 666, 666, 665, 667]);
const labelText = "orgmilcomschnetedugovdrrformsfeedbackofficialaccoorgmilschnetgovmagazinemediaunioncargopilotgroupcaarespressworksaerodromeworkinggroupair-traffic-controlaircraftaccident-preventioneducatormarketplaceambulanceinsurancecateringairportrepbodyenginesoftwaremodellingair-surveillanceconsultingchartertrainermaintenanceservicesdesignflightskydivingfreightassociationstudentgroundhandlingdgcafuelclubtaxicrewshowballooningexpresstraderbrokerauthoragentsairtrafficjournalistsafetyconsultantmicrolightaccident-investigationparachutingequipmentproductionfederationrecreationscientistnavigationengineertradingglidingleasingresearchpassenger-associationentertainmentparaglidinghangglidingaerobaticrotorcraftemergencycertificationgovernmentaeroclubexchangelogisticschampionshiphomebuiltcouncilconferencecontrolairlinecivilaviationjournalorgcomnetedugovcoorgcomnomnetobjappsofforgcomnetuwukiloappsdevsframerorgmilcomnetedugov*coradio2naorgcomnetcommuneedogpbcoitgvorgedugovspreviewfrontendrelayononstagingauthcloudsandboxupid*mtls*privatelinktypedreamdeveloperbravemochawindsurfaivenmirenupsunwnextbegetngrokclerkwale2bwebcsbrunputercrbtsflutterflowcloudzyrospawnbasesliplanemodelenceshiptodaymagicpatternsnetlifyondigitaloceanrailwayhostedclaudehasurabotdashretoolvercelgithubluyanigadgetreplitcloudflaretelebitedgecomputeevervaultexponyatnoopencrpplxzeaburwasmerframerzeropsrocketpreviewconvexmedusajsspritesagilevibesonherculeseasypanelstreamlitglideossnowflakefastedgemesserliloginlinehackclubcodepennorthflankbase44corespeedleapcellngrok-freeclerkstagelovableon-fleek*us-west-3ap-south-2us-central-2us-central-1eu-central-1ap-south-1us-west-2us-east-2eu-north-1ap-north-1us-west-1us-east-1*rcloudintsegorgmilcomgobbetnetintedugovturmusicasenasamutualcoopv6dnsip6uriurnin-addre164homeirisgovdixdaemoncloudnssthwien*inexexkunden4accogvormymyspreadshop4lima2ixortsinfofuturecmsfuturehosting12hpprivfuturemailinglima-cityfunkfeuer123webseitednshomemelmyspreadshopcloudletswasantqldvicactnswtascatholicwasaqldvictasidwasantozqldorgcomvicasnactnetedugovnswtasconfcomairflowlambda-urltransfer-webapptransfer-webappairflowtransfer-webapptransfer-webapp-fipstransfer-webappeu-west-3ap-south-2eu-south-2eu-central-2ap-southeast-3ap-southeast-4ap-northeast-3eu-central-1mx-central-1me-central-1ca-central-1il-central-1ap-northeast-1ap-southeast-1me-south-1af-south-1eu-south-1ap-south-1ap-southeast-7us-west-2eu-west-2ap-east-2us-east-2eu-north-1ap-southeast-2ap-northeast-2ap-southeast-5us-gov-west-1us-gov-east-1ap-southeast-6ca-west-1us-west-1eu-west-1us-east-1ap-east-1sa-east-1privatenotebookstudiolabelingnotebookstudionotebooknotebook-fipslabelingnotebookstudionotebook-fipsnotebookstudio-fipsnotebook-fipsnotebookstudionotebook-fipsnotebookstudioeu-west-3ap-south-2eu-south-2eu-central-2ap-southeast-3ap-southeast-4ap-northeast-3eu-central-1me-central-1ca-central-1il-central-1ap-northeast-1ap-southeast-1me-south-1af-south-1eu-south-1ap-south-1us-west-2eu-west-2us-east-2eu-north-1ap-southeast-2ap-northeast-2experimentsus-gov-west-1us-gov-east-1ca-west-1us-west-1eu-west-1us-east-1ap-east-1sa-east-1onrepostsagemakercopporgmilcompronetintedugovbiznameinfoshoprsorgmilcomnetedugovbrendlyresolvenzauscotvstoreorgcomnetedugovbizinfoidacaicoittvorgmilcomschnetedugovinfocloudezproxysiteacmymyspreadshopkuleuvenwebhostingtransurl123websitecloudnsinterhostsolutionsddns5476103298edgfacbmlonihkjutwvqpsryxzbarsycoororgcomedumyftpno-iporxcloud-ipfor-somemmafanfor-morewebhopselfipjozidyndnscloudnsdscloudfor-thefor-betteractivetrailcoeconorestooteorgcomeconeteduassurmoneyafricaarchitectesrestaurantloisirstourismavocatsinfoagrounivcoorgcomnetedugoviatvdeportesaludtksatorgmilcomwebgobnetinteducienciaboliviarevistacooperativaempresanombreindustriamusicapatriamedicinademocraciapoliticapuebloindigenaplurinacionalarteblogwikiinfoagrotransportenoticiasprofesionalacademiaeconomiaecologiamovimientotecnologianaturalpagesappsgroksailsimplesitecepesebamapadfmgalampbacscpirngorotomtrjspaprrprrsesmscepesebamapadfmgalampbacscpirngorotomtrjspaprrprrsesms*biaamfmtcmptvfeirasampajampanatalbelemananiradiog12medindfndbmdtrdthepoaggfjdfdefinfenflegsegongengcngorgzlgslglogppgmillelqslcimcomnomadmjabimbbibbsbabcrectecsjcetcpscpvhudieticriapipsiecnbiorioecogeoteoodoproatoartfstmatvetdetbetnetcntnotfotgrueduajuespappreptmpemparqsrvadvdevgovntrturagrjorfarjusmusdesvixxyzcozfozslzbhzmaringasantamariacampinagrandegoianiasorocabafloripasaobernardocuritibaboavistarecifeaparecidasaogoncasalvadorcuiabamorenamacapalondrinacontagemsocialfortalmaceioleilaoosascoriobranconiteroi9guacutcheblogflogvlogwikitaxicoopmanauspalmascaxiasjoinvillebaruericampinassantoandreribeiraoriopretoweorgcomnetedugovv0windsurfshiptodaycloudsitecoaccoorgnetgovofmilcomgovmediatechzacoorgcomnetedugsjgovmydnspenfnlabnbmbgcbcqconcontnuyksknsmyspreadshopno-ipawdevboxbarsyonidatemfuinabusavinstanceseceuguukussryzespawnloccsxcloud-ipmyphotosfantasyleaguetwmailcleverappsscrappingccwucloudnsftpaccessgame-serverccgovobjectsrmalpgcust*svcalp1aeappenginermalpgmyspreadshop4lima2ixsquare7cloudscale123websitefirenet12hpflowgotdnslinkyard-cloudcloudnslima-citydnskingobjectstorageedaccogoorusorgcomnetinteduaéroportxn--aroport-byaassogouvcomilgobgovcloudnses-1eu-west-1us-east-1euvipit1eurarubait1s3lbwebsites3websiteru-spbru-mskelasticcsrunstnukukcaukusnl-ams-1fr-par-1fr-par-2functionsnodess3ddlwhmrdbfnck8sifrs3-websitecockpitscblmgdbdtwhkafkpubprivs3ddlwhmrdbk8sifrs3-websitecockpitscblmgdbdtwhkafks3ddlrdbk8sifrs3-websitecockpitscblmgdbdtwhkafkk8sscalebookpl-wawfr-parnl-amsbaremetalsmartlabelinginstancesdechk2kuleuvenlaravelvoorloperurownoxazapscwhstgrvaporonline-serverobservablehqelementorantagonistreclaimjoteluluencowaydiademjelasticmatlabmagentositetrendhostingaxarnetjenv-arubajelejoteravendbemergenttrafficplexconvexkeliwebserveboltbegetcdnstaticson-rancherprimetelonstackitunison-servicesdnshomelinkyardbarsyjelecloudnscocomnetgovmycn-northwest-1cn-north-1s3s3-accesspoints3-websites3s3-accesspointrdsdualstacks3-deprecatedemrappui-prods3-websiteemrstudio-prods3-object-lambdaemrnotebooks-prodexecute-apis3s3-accesspoints3s3-accesspointrdsdualstackemrappui-prods3-websiteemrstudio-prods3-object-lambdaemrnotebooks-prodexecute-apicn-northwest-1cn-north-1cn-northwest-1ebcomputeelbcn-north-1airflowcn-northwest-1cn-north-1oncn-northwest-1cn-north-1amazonawssagemakeramazonwebservicesdirectasgdsdhehahljlnmhbacscahqhshhihnlnynsnmofjbjzjxjtjhkcqtwgsjssxnxjxgxxzgz網絡网络公司orgmilcomnetedugovxn--55qx5dcanva-appsxn--io0a7iquickconnectcanvasitekhsjxn--od0algcanva-codemyqnapcloudsrvrlessclustersrealtimestorageleadpagescarrdcrdorgmilcomnomnetedugovhidnssupabaserdpareplmypiumsoxmitotaplpagesfirewalledreplitowodevwebview-assetsvfswebview-assetss3s3-accesspointdualstackemrappui-prods3-websiteaws-cloud9emrstudio-prods3-object-lambdaemrnotebooks-prodexecute-apicloud9eu-west-3ap-south-2eu-south-2eu-central-2ap-southeast-3ap-southeast-4ap-northeast-3eu-central-1me-central-1ca-central-1il-central-1ap-northeast-1ap-southeast-1me-south-1af-south-1eu-south-1ap-south-1ap-southeast-7us-west-2eu-west-2us-east-2eu-north-1ap-southeast-2ap-northeast-2ap-southeast-5ca-west-1us-west-1eu-west-1us-east-1ap-east-1sa-east-1s3s3-accesspointdualstackemrappui-prods3-websiteaws-cloud9emrstudio-prods3-object-lambdaemrnotebooks-prodexecute-apicloud9consent-portals3s3-accesspointdualstackanalytics-gatewayemrappui-prods3-websiteaws-cloud9emrstudio-prodbedrock-agentcores3-object-lambdaemrnotebooks-prodexecute-apicloud9s3s3-accesspointdualstackemrappui-prods3-websiteemrstudio-prodbedrock-agentcores3-object-lambdaemrnotebooks-prodexecute-apis3s3-accesspointdualstackemrappui-prods3-websiteemrstudio-prods3-object-lambdaemrnotebooks-prodexecute-apis3s3-accesspointdualstacks3-deprecateds3-websitebedrock-agentcores3-object-lambdaexecute-apibedrock-agentcores3s3-accesspoints3-websites3-accesspoint-fipss3-fipss3s3-accesspointdualstackemrappui-prods3-websites3-accesspoint-fipsaws-cloud9s3-fipsemrstudio-prodbedrock-agentcores3-object-lambdaemrnotebooks-prodexecute-apicloud9s3s3-accesspointdualstackemrappui-prods3-websites3-accesspoint-fipss3-fipsemrstudio-prods3-object-lambdaemrnotebooks-prodexecute-apis3s3-accesspointdualstackemrappui-prods3-websiteaws-cloud9emrstudio-prodbedrock-agentcores3-object-lambdaemrnotebooks-prodexecute-apicloud9s3s3-accesspointdualstackemrappui-prods3-websiteaws-cloud9emrstudio-prodbedrock-agentcores3-object-lambdaemrnotebooks-prodexecute-apicloud9s3s3-accesspointdualstacks3-deprecatedanalytics-gatewayemrappui-prods3-websiteaws-cloud9emrstudio-prodbedrock-agentcores3-object-lambdaemrnotebooks-prodexecute-apicloud9vfss3s3-accesspointdualstackemrappui-prods3-websiteaws-cloud9emrstudio-prods3-object-lambdaemrnotebooks-prodexecute-apicloud9eu-west-3ap-south-2eu-central-2ap-southeast-3ap-southeast-4ap-northeast-3eu-central-1mx-central-1me-central-1ca-central-1il-central-1ap-northeast-1us-northeast-1ap-southeast-1me-south-1af-south-1ap-south-1ap-southeast-7us-west-2eu-west-2ap-east-2us-east-2ap-southeast-2ap-northeast-2ap-southeast-5us-gov-west-1us-gov-east-1ap-southeast-6ca-west-1us-west-1eu-west-1us-east-1ap-east-1sa-east-1mrapaccesspoints3s3-accesspointdualstacks3-deprecatedanalytics-gatewayemrappui-prods3-websites3-accesspoint-fipsaws-cloud9s3-fipsemrstudio-prodbedrock-agentcores3-object-lambdaemrnotebooks-prodexecute-apicloud9s3s3-accesspointdualstacks3-deprecatedanalytics-gatewayemrappui-prods3-websites3-accesspoint-fipsaws-cloud9s3-fipsemrstudio-prodbedrock-agentcores3-object-lambdaemrnotebooks-prodexecute-apicloud9s3s3-accesspointdualstackemrappui-prods3-websites3-accesspoint-fipss3-fipsemrstudio-prodbedrock-agentcores3-object-lambdaemrnotebooks-prodexecute-apis3eu-west-3ap-south-2eu-south-2computes3-ap-northeast-2elbrdss3-ap-east-1s3-sa-east-1s3-us-gov-west-1s3-eu-central-1s3-ca-central-1eu-central-2ap-southeast-3ap-southeast-4ap-northeast-3s3-website-us-west-2s3-website-eu-west-1s3-external-1eu-central-1me-central-1ca-central-1il-central-1s3-us-west-1s3-eu-west-1s3-website-sa-east-1s3-website-ap-southeast-2ap-northeast-1ap-southeast-1s3-us-west-2s3-eu-west-2me-south-1af-south-1eu-south-1ap-south-1ap-southeast-7us-west-2eu-west-2us-east-2s3-website-ap-southeast-1s3-1s3-globals3-ap-northeast-3eu-north-1airflowap-southeast-2s3-us-gov-east-1s3-fips-us-gov-east-1s3-me-south-1s3-ap-south-1ap-northeast-2s3-website-us-west-1ap-southeast-5s3-eu-north-1s3-ap-southeast-1s3-website-us-gov-west-1compute-1s3-eu-west-3us-gov-west-1s3-website-ap-northeast-1us-gov-east-1s3-fips-us-gov-west-1s3-website-us-east-1s3-ap-southeast-2ca-west-1us-west-1eu-west-1us-east-1ap-east-1sa-east-1s3-us-east-2s3-ap-northeast-1authauthauth-fipsauth-fipseu-west-3ap-south-2eu-south-2eu-central-2ap-southeast-3ap-southeast-4ap-northeast-3eu-central-1mx-central-1me-central-1ca-central-1il-central-1ap-northeast-1ap-southeast-1me-south-1af-south-1eu-south-1ap-south-1ap-southeast-7us-west-2eu-west-2ap-east-2us-east-2eu-north-1ap-southeast-2ap-northeast-2ap-southeast-5us-gov-west-1us-gov-east-1ap-southeast-6ca-west-1us-west-1eu-west-1us-east-1ap-east-1sa-east-1eu-west-3eu-south-2ap-southeast-3eu-central-1ca-central-1ap-northeast-1ap-southeast-1ap-south-1us-west-2eu-west-2us-east-2eu-north-1ap-southeast-2ap-northeast-2ap-southeast-5eu-west-1us-east-1ap-east-1sa-east-1csrframeservicesbuilderstg-builderdev-builder*ociocpocsazuregcpawsdemoinstanceeu-west-3ap-south-2eu-south-2eu-central-2ap-southeast-3ap-southeast-4ap-northeast-3eu-central-1me-central-1ca-central-1il-central-1ap-northeast-1ap-southeast-1me-south-1af-south-1eu-south-1ap-south-1ap-southeast-7us-west-2eu-west-2us-east-2eu-north-1ap-southeast-2ap-northeast-2ap-southeast-5us-gov-west-1us-gov-east-1ap-southeast-6ca-west-1us-west-1eu-west-1us-east-1ap-east-1sa-east-1previeweu-4us-4us-1eu-1us-2eu-2us-3eu-3s3-websitekrkrobjectprivateobjectkrkrskrkrsobjectkrprivateobjectkr-privatecomputepaasrag-cloudrag-cloud-chjcloudjcloud-ver-jpcdemonodebalancermembersipeuxvsoncillaocelotonzayalilynxsphinxfentigercustomercaracalsgkrobjectstoragedesgkrusobjectkrkr-naverkr-naver-devkrprivatewebsiteobjectkr-naverkr-privatekr-naver-devjpjpkrjp4jp5s3-website-jpjpkrjp4jp5objectprivateobjecto365cloudstaticxendevapp001testcode-builder-stgplatformmediasiteprojedrydpagesjsx0desazacncoitrueu4uhkukgrbrushatenadiarymyspreadshopfrom-flfrom-wvwebspace-hosttheworkpchatenablogcursorusercontentservesarcasmapplinzisakuratanwixsitefin-ncloudstoragegov-ncloudstorageappchizigiizeis-into-carsdnsiskinkyadobeaemcloudis-a-therapistpgfogmyvncdojinis-an-actress1kappfldrvkozowqa2jpnmexprgmrfirewall-gatewaydynnscafjsfbsbxooguyfrom-gawoltlab-demois-a-anarchistwiardwebteaches-yogadattowebtb-hostinglive-websiteservegamegotpantheonfrom-nhsubsc-payfrom-ohvipsinaappfrom-cadyndns-officeztna-dingtalkhomelinuxfrom-mahercules-appservebbsstreakusercontentfrom-okfrom-wyfastly-terrariumis-a-llamaqualyhqportalserveexchangeon-vaporvivenushopciscofreakgrayjayleaguesmetaaiusercontentfrom-iais-a-libertariansaves-the-whalestaveusercontentyolasiteoperaunitepoint2thisis-a-catererclaudeusercontentlinodeusercontentfrom-vagithubusercontentsells-for-lesshosteurcanva-appsplaystation-cloudddnsfreefrom-pafrom-prfrom-waddnskingoutsystemscloudhotelwithflightmydattois-a-nascarfanmydbserverminiserverdamnserverservehumouris-a-playerfrom-nvfrom-nmemergentagentgentappsamplifyappfrom-kyis-an-accountantnfshostserveircfrom-akpythonanywherestackhero-networkpostman-echolikescandydyndns-mailobservableusercontentserveftpfreeboxosfrom-utcdn77-storageamazonawsneat-urlnclouddyndns-serverlinodeis-a-teacherfrom-vtgleezemythic-beastsus1-pleniteu1-plenitla1-plenitpaywhirlservecounterstrikejdevcloudhealth-carereformis-into-animegoogleapisis-a-painterafricaisa-hockeynutatmetais-an-actora2hostedis-a-democratdatadetectest-le-patrondigitaloceanspacesis-a-designeris-a-hunterlinodeobjectstemp-dnsissmarterthanyoufrom-arsimplesiteevennodetownnews-stagingis-a-liberalgooglecodejelasticservemp3qualyhqpartnerdyndns-free1cooldnsest-a-la-masiondrayddnsdynuddnsfrom-orfrom-miis-a-bloggerfrom-himydobisscanvacodeis-an-engineerest-a-la-maisonupsunappdevinappswafflecellmyasustorwpenginepoweredfrom-ctservep2psame-appmyshopblocksthingdustdatalikes-piediscordsezis-with-thebandlpusercontentis-leetshopitsite3utilitiesis-a-personaltrainersinaappladeskis-a-cheflogoipselfipbase44-sandboxnospamproxyalibabacloudcsmesswithdnsauthgearappsiamallamawithgooglelutrausercontentmochausercontentframercanvasmytabitdyndns-homew-credentialless-staticblitzcpserverdiscordsaysis-a-nurseappspotatlassian-isolated-3premotewdfrom-mtwixstudiocode0emm180rmyactivedirectoryawsappsmytuleapdnsabrpolyspaceqbuserrenderbuiltwithdarkboutirgotdnsabrdnsdopaascanva-hosted-embedawsglobalacceleratorhomesecuritypcmyiphostditchyouripclever-clouddyndns-ipon-aptibleis-a-musicianhosted-by-filessecuritytacticsappspaceusercontenthomeunixstrapiappsame-previewcf-ipfsmycloudnaselasticbeanstalkis-certifieddontexistkasserverik-serverdrive-platformatlassian-3pfirebaseappncpstorageherokuappawsapprunnerbarsycenteris-a-cubicle-slaveservehttpmyshopifyis-a-guruquicksytessiiitesorsitesmagicpatternsappis-a-cpameteorappfrom-wiis-a-rockstarbumbleshrimpdattolocaldatabricksappsreadthedocs-hostedfrom-rifamilydsdyndns-picsmyoxypagesplesknsbplaceddnsaliasdynaliasdyndns-remotedoomdnsip-ddnsblogdnsis-a-doctorroutingthecloudamazoncognitobarsyonlinedsmynasddnsgurucloudflare-ipfsdeus-canvasfrom-idsmushcdnpagespeedmobilizergcorecdndyndns-at-homeunusualpersonhosted-by-previderis-a-republicandyn-o-saurstreamlitappworkisboringonthewificprapidqualifioappis-uberleetis-slickgetmyipwpdevcloudtypeformdyndns-at-workgentlentapismynascloudw-corp-staticblitzfrom-ingeekgalaxyservebeerfrom-mdonrenderspace-to-rentaivencloudappspacehostedwafaicloudcodespotblogspotatlassian-3p-us-gov-modfrom-ndfrom-msis-a-techieis-a-studentcustomer-ociis-a-photographerdurumisfrom-ksmassivegriddyndns-wikiis-an-entertaineris-a-hard-workermysecuritycamerafrom-mnrackmazedyndns-blogis-a-bulls-fanwritesthisblogfreemyipsimple-urlfrom-sdninjaneer-sitesreservdauthgear-stagingest-mon-blogueuris-into-gamesrice-labsxtooldevicesakurawebis-an-anarchistoraclecloudappsdyndns-worksells-for-urhcloudfrom-dcfastvps-serverwpmucdnis-a-geekscrysecfrom-txis-into-cartoonsmodelscapetrycloudflarelocaltonetstreak-linkbalena-devicesfrom-njforgeblocksfreebox-oswebadorsitefrom-ncdoesntexisthobby-sitestreaklinkshomesecuritymacownprovidertuleap-partnersdattorelaywphostedmailservequakeis-a-socialistservehalflifepivohostingdynuhostingquipelementsw-staticblitzdyndns-webfrom-deproject-studyis-not-certifiedhercules-devis-a-financialadvisoramazonlightsailservepicsis-a-greenloseyouripfrom-ilwithyoutubemwcloudnonprodwiredbladehostingdnsdojofrom-tnpixolinomyqnapcloudncloudstorageis-an-artisthostedpiis-a-landscaperauiusercontentoaiusercontenton-forgeis-a-conservativedreamhostersnet-freaksapps-1and1is-goneencoreapifastly-edgefrom-nesalesforcefrom-scdeployagentoraclegovcloudappsfrom-alis-a-lawyercechirevultrobjectsstufftoreadisa-geekddnsgeeklovableprojecttry-snowplowfrom-moblogsyteis-a-bookkeepernogmyforumravendbmyboxdeelementoredsaacficogoorinforgcomgobnatneteduidstoreorgcomnetintedudevnomepublorgcomneteduathgovtestscalculatorspaynowinfoquizzesresearchedcloudnsfunnelsassessmentsjscaleforcetmacltdorgmilcompronetgovbizpresseklogesrsccloudcustomfltusrcloude4corealmgovmunicontentproxy9metacentrumdyndyndyndnsdynpagespages-researchitionoccustomercomymyspreadshopipv64diskussionsbereich4limacomrubgov2ixfirewall-gatewayddnssspdnsbarsykeymachinesquare7myhome-serverspeedpartnercommunity-proschuldockxenonconnectgünstigliefernbwcloud-os-instancedyndnssecmy-routerxn--gnstigliefern-wobin-butterl-o-g-i-nisteingeekin-dslin-berlinin-brbfuettertdasnetzleitungsenin-vpnlcube-serverdyn-ip24logoipdyn-berlinruhr-uni-bochum12hpgoipsrvdnsfruskygit-repossvn-reposinternet-dnsgünstigbestellenhome-webserverxn--gnstigbestellen-zvbbplacedheimdnscosidnswebspaceconfiglima-citydyndns1istmeinvirtualuserschulplattformmy-gatewayddnsseclebtimnetztest-iservmein-iservvirtual-userhome64iservschuletaifun-dnstraeumtgeradeschulserverdynamisches-dns123webseitednshomehs-heilbronndnsupdaterbssgraphicdwadpdwdaepeweaawapaafpfwfabwbpbacwcpcciwebuserapiobjectssites*teamst3r2lpuncldabymebravepanelngrokiservstglclcrmerpflypagesbarsyvivenushoplocalcertlocalplayerbearbloggatewaydeno-stagingis-not-ais-a-goodbotdashvercelmocha-sandboxplatter-appreplitgithubpreviewworkersinbrowserevervaultis-ahrsndenoxmitmodxmyaddrstorageapipayloadgrebedocruncontainersreliantlabsstgstagelclstageloginlineis-a-fullstackcodepenreliantpreviewleapcellngrok-freeis-coolpagelemonstoragewebharemediatechlibp2pdiscoursecomyspreadshopstoreregbiz123hjemmesidefirmcoorgcomnetedugovsldorgmilcomwebgobartnetedugovtmorgpolcomsocartnetedugovassoagrondiscoodontk12medcuegyecpaabgengorgmilgalsaltulcomadmesmgobpubdocmonfindgnriouioproartlatvetnetfotedulojgovntrturibrbarxxxofficialbasechefprofmktgpsictechinfoarqtcontdentrrpppsiqgit-pagesritmedfieorgcomlibprieduaipgovriikmeactvsportorgmilcomscieunnetedugovnameinfopintouchtawktotawkmyspreadshoporgcomnomgobedu123miwebcomputeorgcomnetedugovbiznameinfocognito-idptransfer-webappeusc-de-east-1onjelasticnxaspdnsbarsydirectwpdeuxfleurstransurldogadoprvwcloudnsamazonwebservicesdnshomeuserpartycokoobinmkmspaceviewfidymyspreadshopalandkapsiikixn--hkkinen-5wacloudplatformhäkkinen123kotisivuidacorgmilcompronetedugovbiznameinforadioorgcomneteduusercocomexperts-comptablestmmyspreadshopgretaprdcomnomynhccifbxoshuissier-justicenotairesaeroportfreeboxoson-webavocatassoportgouvkdnschirurgiens-dentistes-en-franceavouesfbx-os123sitewebveterinairechirurgiens-dentistespharmacienchambagrimedecinfreebox-osdediboxgoupilemszicpyicpvicppleysheezypagesedugovcnpyorgcomcybllcpvtnetedugovtnxonlineschoolddnsdaemond6atcopanelorgnetplybotdashstackitkaasorgmilcomnetedugovbizmodltdorgcomedugovcoorgcomneteduappwriteacorgcomnetedugovcloudtranslateusercontentorgcomnetedumobiassoorgcomnetedugovbarsysimplesiteindorgmilcomgobneteduorgcomwebnetedugovguaminfonxhra教育敎育網絡网絡组織組織网络網络组织組织公司政府個人个人箇人ltdorgcomincneteduidvgovxn--uc0ay4axn--55qx5dxn--mk0axixn--io0a7ixn--uc0atvxn--zf0avxxn--lcvr32dxn--od0algxn--wcvs22dxn--gmqw5axn--od0aq3bxn--mxtq1mxn--ciqpnxn--tn0agxn--gmq050iorgmilcomgobnetedufngocdnappvoatiiservwp2tempurlmircloudfreesitewpmudevmyfastgadgetcloudaccessjeleambahalfboltfastvpsemergenteasypanelopencraftizcombrendlynamefromrtpersoadultmedorgpolrelcomproartnetedufirminfoassoshopcoopgouvtmcomediahotelforumvideosportorgsexagrargameslakaseroticaerotikatozsdereklamcasino2000filmsuliinfoboltshopprivnewsszexcityutazasjogaszkonyveloingatlaneacaicogoormyᬩᬮᬶmilwebschnetkopbizzonedesaponpesxn--9tfkymyspreadshopgovmytabittabitorderravpageaccok12idforgnetgovmuniltdplcaccotttvorgcomnetmeca6g5gpgamubacaicniocoukuptverdruscsdelhiindorgmilcomwebnicfingenpronetintedugovresbizbiharbarsyinternetbusinessschooltravelsupabasealumnigujaratfirminfoaeropostbankcoopindevscloudnsno-ipbarsybarrell-of-knowledgebarrel-of-knowledgensupdategroks-thisdnsupdatefor-ourknowsitalldvrcammittwalddynamic-dnsv-infowebhopselfipdyndnshere-for-moreilovecollegemayfirstforumzcloudnsmittwaldservertypo3servergroks-theeusekd1cdndyndnsidrawsainaueuapjpusstagemocksysdevicesclientcustreservdcustdevdisrecprodtestingcowzbeebyteutwenteboxfusebravepstmndedynngrokorgmilcomnomnetedugovqcxqzzbarsythingdustmailerpagemo-siemensrb-hostingfh-muenstergitbookbluebitecloudbeesusercontentnodeartterramindkiloappsforgerockdarklangresinstagingapigeebubbleb-datascryptedhypernodedappnodepantheonsitegitlabgithubkeeneticvirtualservercleverappshostyhostingon-rioedugitticketstelebitwixstudioon-k3sicp0icp12038jeleqotolairbubbleappsmyaddrstolosmyrdbxwebflowdrive-platformbeagleboardhasura-applolipopdefinimavaporcloudmusicianwebflowtestazurecontainerresindevicereadthedocsloginlineeditorxmoonscalesandcatsbasicserversubscribepagewebthingsbrowsersafetymarkbeebyteappbitbucketidaccovistablogorgschnetgovxn--mgba3a4f16axn--mgba3a4fraarvanedgeايرانایرانjclaspeziapdudcefegelemeperetevebacanatavaparasabgagfgogrgpgalclblimfmrmcbmbvbfclcmcvcrcpcchlimifibicivipirisimncnbnanenrnpntnnolomobocoaogorosopotoptvtatctbtmtltotpusulunutpspapaqsvpvvvtvavvrtrsrprgrfrcrbrarorkrvstsssbscsmsispzczbzbozen-suedtirolmyspreadshopxn--bulsan-sdtirol-nsbxn--valledaoste-ebbtrentinoaltoadigetrentin-sued-tirolxn--forlcesena-c8axn--forl-cesena-fcbxn--bozen-sdtirol-2obtriestetrentinsuedtiroltrentino-s-tirollecceudineaostesienaparmaluccapaviagenoapaduaaostamonzaabruzzoternirietiturinmilanbozenlaziofermoleccocuneonuoropratola-speziavdataaligfvgpugmolcalcamlomumbsicpmnvenvaoedugovabrsarmaremrbastoslazibxosfirenzetrentinosüdtirolval-d-aostavalle-aostamessinacremonaravennatoscanatrentin-suedtirolbolognacalabriaurbinopesarofriuli-v-giuliaogliastraxn--valle-aoste-ebblaquilaandriatranibarlettasyncloudxn--valle-d-aoste-ehbaostavalleyvalled-aostatrentino-alto-adigevallee-d-aostexn--balsan-sdtirol-nsbpistoiasicilialucaniacataniaiserniaperugiabresciaveneziagorizialiguriaimperiabulsan-suedtirolbalsan-suedtirolbarlettatraniandriaxn--trentino-sdtirol-szbforlì-cesenatuscanyvallée-d-aostemantovavallée-aostecasertapiemontevalleaostaval-daostafriulivgiuliatrevisoforli-cesenavalléedaosteferrarapescaravald-aostatrentino-altoadigefriuli-vegiuliavallee-aostecarboniaiglesiastarantomediocampidanovalleedaostetrentinosud-tirolcampobassotrentinsüd-tiroltrentinosüd-tirolmonzabrianzatrentino-südtirolxn--trentino-sd-tirol-c3bpotenzacosenzavicenzaemiliaromagnavenicefrosinonemarchepordenonetrentinosued-tirolvaresemolisevalléeaostefriuli-veneziagiuliabasilicatalatinaanconasavonaveronamodenabiellabolzano-altoadigepugliafoggiaumbriatrentino-stirolgenovapadovamateranovararagusapiacenzatrentinostirolvalleeaostetempio-olbiasudsardegnatrentinsudtirolmassa-carrarafriuliveneziagiuliatrentinosuedtirolandria-barletta-tranitrapanixn--cesenaforl-i8amaceratacaltanissettaascoli-picenobrindisicarraramassacagliaririmininapolivibo-valentiachietibulsan-sudtirolbalsan-sudtiroltrentino-a-adigebulsanbalsaniglesiascarboniamilanotorinoteramodell-ogliastraarezzotrentinoalto-adigerovigotrentovenetoiglesias-carboniatrentino-sud-tirolaltoadigereggio-emiliareggio-calabriasardegnatranibarlettaandriapiedmontxn--sdtirol-n2amedio-campidanotrentino-süd-tirolfriuli-vgiuliafriuli-ve-giuliaromeennaromapisa32-b16-b64-blodiastibarineencomonaplesforlicesenailiadboxosalessandriasicilytrani-barletta-andriaxn--trentin-sdtirol-7vbpesarourbinotrentinsued-tirolcesena-forliforlìcesenaemilia-romagnamonzaebrianzaxn--trentinsdtirol-nsbtrentinos-tiroltrentinsüdtirolvalledaostaolbia-tempiocampidanomediovibovalentiasassarivalle-daostalombardysud-sardegnafriulivegiuliareggioemiliamonzaedellabrianzaalto-adigevercellitrentin-sudtiroltraniandriabarlettatrentino-sudtirolascolipicenobozen-südtirolfriulive-giuliaflorencexn--cesena-forl-mcbcarbonia-iglesiasaosta-valleycarrara-massadellogliastratrentinoa-adigexn--valleaoste-e7apesaro-urbinoxn--trentinosdtirol-7vbxn--trentin-sd-tirol-rzbxn--trentinsd-tirol-6vbtrani-andria-barlettatrentin-süd-tirolxn--trentinosd-tirol-rzbgrossetomonza-e-della-brianzasüdtirolreggiocalabriatrentinoaadigetrentin-südtirolverbano-cusio-ossolafriuliv-giuliaverbaniacampaniatrentino-aadigefriulivenezia-giuliasardiniaandriabarlettatranibarletta-trani-andriacatanzarooristanourbino-pesarocesena-forlìvalle-d-aostacampidano-medio123homepagesiracusatempioolbiasuedtirollombardiaavellinocesenaforlìtrentinofriuli-venezia-giuliabozen-sudtirolandria-trani-barlettabulsan-südtirolbalsan-südtirolmonza-brianzabolzanotrentino-sued-tirolbellunosalernolivornocrotonesondriodnshometrentinsud-tirolmassacarraratrentin-sud-tiroltrentino-suedtirolviterbobergamocesenaforliolbiatempiopalermobeneventoagrigentoofcoorgnetfmaitvphdengorgmilcomschnetedugovperagrikanieasukehandachitatokaiaisaikonanoharuamaobuhigashiuraowariasahiinuyamatobishimaiwakurashitarainazawatoyonegamagorimihamatoyotataharakariyayatomioguchikomakimiyoshinishiotokonamekiyosuchiryutoyohashiokazakiisshikikasugaikotakiratoeianjotogofusosetohazutsushimashinshirotakahamanisshinshikatsuhekinantoyokawaichinomiyatoyoakeodateogataakitaikawakyowahonjoogayurihonjonoshirokamiokakatagamimitanegojomeyokotekosakadaisenkazunonikahohonjyomoriyoshimisatohappoukamikoanihachirogatahigashinarusesembokufujisatokitaakitaitayanagiowanitakkomutsutsurutahirosakigonoheoirasetowadamisawanohejiaomorishingohiranairokunohehashikamitsugarushichinohehachinohenakadomarisannohekuroishisakaeisumiasahiotakiinzaiabikomatsudoyachiyomutsuzawakujukuriomigawakashiwatoganemihamanaritasakuranagaramobarahanamigawachoshishiroichoseikozakishisuikatorimidorichonankyonanfuttsuonjukufunabashinagareyamanodasosatakochuotohnoshourayasukimitsuyokaichibayotsukaidosodegauratateyamakamagayayokoshibahikariyachimatakatsuuratomisatokisarazukamogawaichikawanarashinoichinomiyashimofusaminamibososhirakoichiharaoamishirasatoikatahonaiainansaijoseiyoiyoozuuwajimaniihamanamikatamasakiuchikokihokutobetoonshikokuchuomatsuyamaimabarikamijimakumakogenyawatahamamatsunosabaeikedaobamasakaifukuiohionotsurugamihamawakasaminamiechizeneiheijikatsuyamatakahamaechizensoedaukihaomutaokawanishiogoribuzenonojosueumiokiotochikugosasagurisaigawamizumakishinyoshitomikurumekurateyamadakasuganakamamiyamanogatatakatahakataiizukakawaratagawakasuyaashiyainatsukimunakataminamitsuikishonaikurogifukuchikeisenhigashimiyakoshinguyukuhashiokagakiyamekogaongausuikahotohochuotoyotsumiyawakadazaifuhisayamatachiaraiyanagawanakagawahirokawachikujochikushinochikuhochikuzennamieotamaokumashowateneiiwakikoorinangoononishigoshimogoomotegomishimafukushimaasakawakagamiishishirakawaiitatefutabahiratayugawahanawakitakatakawamatakunimiyabukibandaihigashihironoyamatomiharuyamatsuriaizubangedatesomaaizuwakamatsuyanaizuaizumisatonishiaizuizumizakikitashiobarataishinkaneyamakoriyamainawashirotanagurafurudonosamegawasukagawaishikawatamakawaikedaogakitaruiginanenahashimahichisonakatsugawaibigawashirakawamizunamiminokamomitakekawauesekigaharatomikasakahogikitagatayamagatatajimianpachimotosuyaotsukakamigaharahidakanisekitokigujominogodoyorogifukasamatsutakayamawanouchihigashishirakawakasaharashimonitatsumagoichiyodakannakanrashowameiwakiryuotaoratomiokafujiokaitakuranaganoharahigashiagatsumatakasakishibukawaminakamikatashinatsukiyonokawabanumataannakaoizumimidorishintoisesakiuenoyoshiokakusatsutakayamanakanojonanmokutamamuratatebayashimaebashiotakekaitadaiwahongofuchukuietajimashobaramiharahatsukaichihigashihiroshimamiyoshikumanokurenakasakaseraseranishiasaminamifukuyamashinichionomichiosakikamijimajinsekikogentakeharaotobenanaeikedatohmaozoraobiraabirakyowaeniwataikibibaisharirebunerimohiroooketootarupippunishiokoppechitosefurubirahakodateshiranukakitahiroshimakushiroobihironanporoiwamizawaniikappukunneppufukushimanakasatsunaitoyourakuromatsunaiakabirakamisunagawashibechaurakawakamifuranonakatombetsuasahikawashimokawakayabeokoppebiratoriabashirisaromaatsumanumatahidakabifukamukawamikasahorokanaitoyotomisarufutsuhigashikawaishikarikitamiyoichiesashiiwanaitomariminamifuranoakkeshifuranotoyakoyakumootoineppushikaoishiraoinemuronayorohaboroashorobihororishirifujiutashinaihokutotakasuebetsuurausuassabukikonaishimamakinaiedatetoyabieinikiesanuryuoumuteshikagarikubetsuashibetsukimobetsuaibetsutobetsusobetsuembetsushimizuchippubetsurishirihokuryuhoronobeshintokutsubetsushibetsuhonbetsumombetsutsukigatakuriyamakoshimizushiriuchikutchanmurorannoboribetsukamishihorowassamushinshinotsukembuchiwakkanaikamoenaikiyosatotakinoueshikabesunagawafukagawanakagawatakikawakamikawahigashikagurahamatonbetsumatsumaemoseushirankoshishakotanimakanemashikeotofuketomakomaisandatambaitamiawajikasaiasagoshisoonoakoyashirotoyookaminamiawajiinagawafukusakitakasagokamigorikasugaharimayokawaashiyahimejiakashitaishiaogakisannantakinosumototakarazukanishinomiyashingugoshikinishiwakiyokatakaaioimikisayoyabukawanishiamagasakisasayamashinonsenkakogawaichikawakamikawatatsunotsukubaiwamaogawaasahisakaitokaioaraiitakobandodaigosuifuinaamikasumigaurakashimaomitamayachiyoshimodatetomobetoridehitachinakainashikisakuragawakasamayawaramoriyahitachiomiyanamegatayamagatahitachikamisuushikutakahagiibarakitonekoganakasowayukimihojosomitoryugasakishimotsumafujishirotsuchiurachikuseihitachiotashirosatotamatsukuriuchiharashikahakuinanaotsubatawajimakahokukawakitatsurugikaganominotosuzuuchinadakomatsuanamizunakanotohakusannonoichikanazawaiwateshiwafudaikawaimoriokaofunatohanamakikuzumakikitakamininohekunoheyamadayahabasumitaichinosekitanohatahiraizumirikuzentakatajobojiotsuchihironomiyakoiwaizumikarumaiichinohenodakujitonooshushizukuishifujisawamizusawakamaishikanegasakimannoutazukotohiraayagawazentsujihigashikagawauchinomikanonjisanukimarugamemitoyotakamatsutadotsunaoshimatonoshoakuneamamiizumihiokiyusuikinkoisasookouyamanakatanekagoshimakanoyaisenkawanabeminamitanemakurazakitarumizunishinoomotematsumotosatsumasendaioimatsudaayaseebinamiurazushinakaiodawaraiseharasagamiharahakoneaikawakaiseiatsugitsukuihadanoyamatoyamakitazamaoisochigasakininomiyayokosukakamakuraminamiashigarafujisawasamukawakiyokawahiratsukayugawaraokawaumajikochitsunootoyoakiinonishitosayasudahidakamiharasakawaniyodogawahigashitsunokagamigeiseisusakiotsukinaharisukumomurototosakamiochitoyotosashimizumotoyamanankokunakamurakitagawayusuharaogunichoyoukiasoutoozugyokutoamakusamifunetakamoriyamagaminamataminamiogunikikuchisumotoyamatonagasumashikiaraokumamotokamiamakusanishiharayatsushiroayabeseikasakyoideineujinakagyokameokakyotangokyotanabekyotambaminamiyamashiroyamashinatanabeyawatawazukaminaminantanmiyazuhigashiyamafukuchiyamakitamukokamojoyokizumaizuruujitawaraoyamazakinagaokakyokumiyamakawagoeinabeshimameiwaasahitaikiudonoisetsukisosakikuwanamihamamiyamasuzukatamakimisuginabarikumanokomonominamiisewataraitobakiwatakikihotadomatsusakayokkaichikameyamaureshinoishinomakishichikashukuohirataiwaosakizaohigashimatsushimashikamaiwanumashibataogawaraonagawakawasakiseminemarumoriminamisanrikukakudamuratawakuyatomiyanatoriwataritagajomisatotomekamirifushiroishimatsushimayamamotoshiogamafurukawahyugaebinotsunosaitoayakushimanobeokakitauramiyazakitakazakigokaseshiibamimatashintomikunitomikitakatakobayashikawaminamitakaharukijotakanabemiyakonojonishimeranichinankitagawakadogawamorotsukakisofukushimaminamimakisakaeobuseikedaogawamiasaokayaasahiotakiotarichinoinaomichikumakomaganechikuhokukaruizawayasuokaooshikaikusakaminamiaikitogakushimatsukawakawakamitateshinatakamorikitaaikishiojirimiyadahakubaiizunaiijimaiiyamamiyotasuzakayasakatoguraookuwanagawaminowahirayayamagataminamiminowafujimiomachisakakitakaginaganonakanosakuhokomoronagisoshinanomachiwadauedaiidaharasuwatomiachiaokianankisosakunozawaonsenagematsutakayamashimosuwamatsumotoyamanouchinakagawamochizukiazuminotatsunoobamaomuraseihiunzenosetofutsuikichijiwanagasakiisahayahasamisaikaikawatanasasebohiradokuchinotsugototogitsutsushimashimabarashinkamigotomatsuurayamazoekashibaikomakawaitenrioyodosangokoryoudaojiikarugayamatokoriyamatenkawakatsuragikurotakikawakamimiyakemitsuetakatorikamikitayamayamatotakadahegurishinjokanmakisakuraitawaramotogoseoudanarasoniandokawanishishimoichihigashiyoshinokashiharashimokitayamanosegawayoshinomintsivorytopazsakuragehirnsumomoaseinetopalmail-boxmokurenyoitamuikaojiyagosensanjoaganomyokoseiroagaomishibataniigatanagaokamurakamiuonumayuzawakariwatagamitainaitsunanminamiuonumatochioyahikojoetsuseiroukamosadoizumozakitokamachiitoigawasekikawakashiwazakitsubamemitsukekokonoesaikiusukibeppuusahimeshimakunisakihasamataketatsukumihitaoitahijikusuyufukujukamitsuebungoonobungotakadaibaraniimibizentsuyamaokayamakasaokahayashimayakagemaniwaakaiwamisakishinjotamanotakahashikibichuowakesojanagishookumenannishiawakurakurashikiasakuchisetouchikagaminosatoshotomigusukunakagusukuyaeseizenaurumaiheyaaguniogiminanjokinminamidaitokitanakagusukuyonaguniokinawaishigakikunigamiurasoekadenataramahiraraginozataketomishimojizamamitonakiitomanhigashimotobuyonabarugushikamionnanahanagohaebarukumejimakitadaitonakijinnishiharayomitanginowantokashikiishikawaikedasuitaminohizuminishisakaikananabenodaitoosakasayamayaokishiwadatadaokakaizukatondabayashichihayaakasakakumatorikadomasayamahigashiosakashijonawatehirakatataishimisakitajirihannansennankatanotoyonominatosettsuhigashiyodogawaibarakinosekitachuohigashisumiyoshifujiiderakashiwaraizumiotsutoyonakamatsubaramoriguchiizumisanoshimamototakatsukineyagawahabikinotakaishikawachinaganoyoshinogarikamiminearitaouchiimarihizenogikashimaariakekiyamafukudomikitagatakitahataomachigenkaikanzakinishiaritakyuragisagataratosutakushiroishikaratsuhamatamakouhokukawagoeyoshidasatteogoseirumaasakaurawaogawaniizaomiyayoriiotakishikihonjooganohannohanyuinasaitamaokegawaarakawayoshikawayokozehasudasayamahidakafukayachichibuiwatsukiryokamiyoshimikamiizumifujimiwarabiranzanmiyoshiminanoyashiosakadosugitomisatohigashichichibutodasokakukiyonokazoshiraokakasukabekounosukawajimatsurugashimamiyashirokitamotohatoyamamoroyamahatogayakumagayakawaguchinagatorokamisatomatsubushinamegawatokigawakamikawafujiminohigashimatsuyamakoshigayatokorozawas3isk01isk02ryuohkoseikonanaishorittotakashimamaibarahikonetorahimenishiazaikokagamokotoyasuotsukusatsunagahamamoriyamatoyosatotakatsukinotogawaomihachimanhigashiomiakagiunnanizumogotsuamayatsukakakinokimatsuehamadamasudahikawahikimiokuizumoyasugiyakumomisatotamayuohdahigashiizumookinoshimanishinoshimatsuwanoshimaneshimadafujiedayoshidashimodagotembaiwataatamikosaiyaizuitoizumishimahaibaramakinoharaomaezakikawanehonkannamisusonohigashiizufukuroinumazukawazufujiaraishizuokahamamatsushimizuizunokunimatsuzakimorimachiminamiizunishiizukikugawakakegawafujikawafujinomiyaujiietsugaoyamayaitaohiranikkoashikagakuroisokanumasakurashioyakarasuyamamotegiichikaikaminokawatochigihagamokanogisanobatonasumibunasushiobaranishikatautsunomiyaiwafunemashikoshimotsukeohtawaratakanezawaitanokomatsushimatokushimaichibaminamiaizumiwajikikainanmiyoshinarutomimamugiananmatsushigesanagochishishikuinakagawamachidachiyodakomaefussainagitaitochofufuchuomeotahigashiyamatotoshimaokutamaaogashimakodairaedogawaarakawahachiojishinagawatachikawashibuyasuginamihinodekiyosesumidaoshimanerimamitakahamuraadachinakanomizuhobunkyomegurominatokoganeihigashikurumekokubunjihigashimurayamamusashimurayamatamakitahinochuokotokatsushikakouzushimaogasawaraakishimakunitachishinjukusetagayamusashinohachijoitabashiakirunohinoharachizunanbukotouramisasawakasayonagokogehinoyazutottorinichinansakaiminatokawaharaoyabetairainamiasahinantoimizufuchutakaokakurobeyamadajohanatoyamatonaminyuzenfunahashinakaniikawanamerikawaunazukitogahimiuozufukumitsutateyamakamiichiiwadearidayuasainamitaijikatsuragiaridagawatanabemihamahidakakainankiminomisatoshingushirahamakamitondayurakozakoyagobokitayamawakayamakudoyamahashimotokushimotokozagawahirogawakinokawanachikatsuurarsuseroeoishidasagaeoguniasahinagaitendonanyoobanazawanishikawasakataohkuratozawamikawamamurogawayamagatafunagatatakahatashonaishinjokahokuiideyuzakawanishitsuruokakaminoyamayamanobeshiratakamurayamanakayamakaneyamahigashineyonezawasakegawamitouubeyuuabushimonosekitabuseoshimatoyotaiwakunihikarishunannagatohagihofukudamatsutokuyamashowadoshitsurunanbukoshukaiminami-alpsnirasakikosugeotsukioshinohokutominobuyamanashifuefukichuokofuichikawamisatoyamanakakonakamichitabayamanishikatsuranarusawafujikawahayakawafujiyoshidafujikawaguchikouenohara長野京都岐阜大阪三重群馬千葉滋賀佐賀奈良adednelgaccogogror秋田愛知高知埼玉沖縄栃木熊本岩手青森山梨新潟島根鳥取長崎香川宮城石川大分宮崎茨城山口兵庫山形徳島広島福島福岡岡山富山静岡愛媛福井東京xn--4it168dhatenadiaryxn--vgu402ckawaiishophatenablogcocottenamaste北海道penneehimeiwateversestabachibashigagonnagunmapermahaccaakitaosakauh-ohblushkochiaichifukuikuroncapooitigohyogotokyokyotopunyuthickcheap0t00g00j0mie2-ddaapyawjg0amfemsubxiiboomoobutchueekpgwrgrherskrboyrdyupperunderflierchipsmydnsheavyangryhippygirlyrulez神奈川鹿児島和歌山bambinaxn--nit225kokayamasaitamaxn--k7yn95exn--1lqs03nsapporoparasitelolipopmcxn--efvn9sniigatafukuokatokushimafukushimahiroshimakagoshimafakefurokinawaxn--8pvr4ucoolblogxn--0trq7p7nnkawasakinagasakimiyazakichilloutxn--8ltr62kxn--klty5xpeeweezombiecutegirlxn--rny31hxn--uuwu58axn--ntso0iqx3axn--djrs72d6uytoyamanikitanyantakagawamimozanagoyaboyfriendxn--2m4a15egreaterchowderegoismyamagatafashionstorexn--elqq16hxn--pssu33lsendaimiyagixn--rht27zpecoriaomorisaloonwatsonvivianxn--djty4knobushipigboatnaganopinokoxn--f6qx53asadistvelvetsecretxn--5js045dchicappayamanashiibarakidigickgirlfriendxn--1lqs71dmongolianxn--c3s14mxn--qqqt11mtochigixn--5rtq34kparallelo0o0mondkobesagabonadecaoitanarafoolkilldecimainhiholomosblokilociaoundopupugifutankcrapflopnooroopsmodsholyjeezstripperpepperbittershizuokaxn--rht3dkitakyushureadymadeicurusversusmatrixxn--rht61ehungryfloppygloomycrankyhandcraftedlittlestarxn--klt787dxn--kltx9awhitesnowsunnydaytottorilovepoptheshopbuyshopxn--5rtp49cxn--d5qv7z876cwebaccelxn--kbrq7oxn--4pvxsxn--1ctwolovesickkumamotocatfoodxn--tor131oyokohamawakayamatonkotsuxn--ehqz56nxn--uist22hxn--6btw5axn--kltp7dyamaguchifrenchkisspussycatxn--4it797kxn--uisz3gbabybluexn--zbx025dnetgamersxn--7t0a264ckanagawaxn--6orx2rishikawaxn--ntsq17ghalfmoonschoolbusjellybeanxn--mkru45iusercontentlolitapunkxn--32vp30hsakurastoragehokkaidoshimanecandypopbabymilksupersaleweblikeraindropbackdropwebsozaikikirarahateblodaynightmeneacsccogoormobiinfoaeusxxorgmilcomnetedugovorgcomnetedugovbizinfotmprdorgmilcomnomedugovassnotairespresseassocoopgouvveterinairemedecinpharmaciensorgnetedugovtraorgcomedurepgovmeneperekgacscaiiocogoitoresmshsseoulbusanulsandaeguc01milvkimmvchungnamjeonnamjeonbukeliv-dnsgyeonggijejueliv-cdnincheondaejeongangwongyeongbukgwangjuchungbukgyeongnameliv-apicoeduindorgcomembnetedugovorgmilcomnetedugovjcloudorgcomnetintedugovperbnrinfocooyorgcomnetedugovethipfscanvamypepethw3sstorachakeeneticjoinmcinbrowserdwebcyonnftstoragemyfritzaemewphlxachotelltdorgcomwebsocschngonetintedugrpgovassnomgacsccoorgnetedugovbizinfo123websiteidorgmilcomasnnetedugovconfidmedorgcomplcschnetedugovaccoorgnetgovpresstmassoirseproxaccosoundcasthoptocraftvp4c66orgnetedugovitsxwxmcdirmyboxbarsyedgestacksynologylogintoopencloudnohostwebhopdiskstationi234tcp4hoocgroknoipprivmydsddnsdnsforlohmustransipdscloudfilegear-sgbrasiliafilegearframerbarsybarsyonlinecoprdorgmilcomnomedugovinforgcomnetedugovnameacprorgcomartnetedugovpresseinfoassoinstgouvorgnycedugovbarsydscloudjuorgcomnetedugovminisiteaccoororgcomnetgovorgmilcompronetintedugovbizmuseumnameinfoaerocoopaccoorgcomnetintedugovbizcooporgcomgobneteduorgmilcomnetedugovbiznameaccoorgmilneteduadvgovcoorgcomnetaltgovforgotherhiskeeneticispmanagernomassoprod5476132eastasiacentraluswesteuropewestus2eastus2pnortheurope-01newzealandnorth-01southindia-01southcentralus2-01norwaywest-01eastus2-01westus2-01australiaeast-01italynorth-01israelnorthwest-01swedencentral-01westeurope-01centraluseuap-01taiwannorthwest-01uaecentral-01northcentralusstage-01israelcentral-01mexicocentral-01canadacentral-01austriaeast-01germanywestcentral-01francecentral-01ukwest-01denmarkeast-01polandcentral-01eastus-01westus-01swedensouth-01eastus3-01westus3-01brazilsouth-01centralus-01francesouth-01australiacentral-01westindia-01uaenorth-01jioindiacentral-01canadaeast-01belgiumcentral-01spaincentral-01koreacentral-01chilecentral-01qatarcentral-01westcentralus-01eastus2euap-01norwayeast-01southafricanorth-01brazilsoutheast-01germanynorth-01switzerlandnorth-01switzerlandwest-01japanwest-01southafricawest-01japaneast-01eastasia-01indiasouthcentral-01taiwannorth-01centralindia-01uksouth-01southcentralus-01northcentralus-01eastasiastage-01indonesiacentral-01australiacentral2-01australiasoutheast-01malaysiawest-01koreasouth-01southeastasia-01southeastus5-01northeastus5-01jioindiawest-01rucdnwest1-usfra1-desandboxjls-sto1jls-sto3jls-sto2aglobalabglobalsslmapprodfreetlsmapvpslon-1lon-2ny-1fr-1sg-1ny-2paassnwebpaashostingjelasticnordeste-idcsocuserpagescwebfileblobservicebuscoreatlricnjsjelasticwebsitestoragesezagbinruhuukjptsmyspreadshopmynetnameakamaiorigin-stagingfrom-coipv64dynv6cdn77serveblogadobeaemcloudhicamsprytdnsupno-ipownipde5ovhicpfirewall-gatewaysytesmypsxbarsyusgovcloudapimyamazemyradwebakamaihdsaveincloudfastlylbfrom-lasubsc-paysquare7in-the-bandblackbaudcdnhomelinuxoninfernoctfcloudservebbsdns-dynamiccloudfrontakamai-stagingipifonyham-radio-opsenseeringclickrisingcommunity-profrom-nylocalcertgrafana-devedgesuite-stagingcloudflareanycasteating-organicatlassian-devmydattofeste-iplocaltotorprojectknx-serveredgekeycloudflareglobalcloudyclustercasacamserveftpakamaized-stagingakamaiorigindns-cloudmyeffectboomlabotdashbuyshousestwmailhetemlazure-mobilein-dslthruhereredirectmedynuddnsbouncemesupabaseluyanicloudappakamaicloudfunctionsdebiannhlfanpgafanstatic-accessin-vpnmysynologymafeloappudohomeftptrafficmanagersiteleafseidatmemsetcloudflarecloudaccesskeyword-onazure-apiis-a-chefdoes-itgets-itwebhopselfiphomeipkicks-assedgesuitewindowsserver-ontunnelmolemydissentscrapper-sitecloudflarecnuni5srcfggffiobbzabchrsndenodynuopikddnsvpndnsakadnselastxkinghostvps-hostfastlyhomeunixazureedgeshopselectdontexistmyfritzcloudjiffyalwaysdatasells-itsquaresbroke-itazurefddattolocalat-band-campmeinforumfamilydsazurestaticappsdefinimabplaceddnsaliasdynaliasnow-dnsblogdnsroutingthecloudendofinternetdsmynasakamaiedgemymediapcadobeio-staticakamaiedge-stagingakamaihd-stagingddns-ipprivatizehealthinsurancelive-onkrellianschokokeksmassivegridmysecuritycamerarackmazeserveminecraftfrom-azis-a-geekakamaizedmoonscaleoffice-on-theusgovtrafficmanageradobeioruntimeedgekey-stagingreserve-onlinechannelsdvrdnsdojousgovcloudappcdn77-sslapps-1and1podzoneazurewebsitesdynathomescaleforceyandexcloudvusercontentisa-geekcdn-edgescoaemalcesappwriteazimuthtlonarvobuiltwithrocketnoticeablestorecomwebrecnetperotherfirminfoartslgdloncogoiltdorgmilcolcomplcschgenngonetedugovbiznamefirmmobiacincoorgmilcomnomwebgobnetintedubizinfocomyspreadshopdemongovtransurl123websitehosting-clusterkhplaycistrongsnesosvalervålerxn--vler-qoaossandeheroysandeherøybøboheroyherøyxn--hery-iraxn--b-5gavalerbøboxn--b-5gasandesandexn--hery-iraxn--vler-qoavålerhåreålaahavaofsfvfhlolnlalrlhmfmtmahcostntbuåstrmreigersundmyspreadshopgálsáeidsvolltingvollgildeskalflorøvadsøvardøvanylvenxn--bhccavuotna-k7astrandaxn--kvnangen-k0axn--sknland-fxaxn--mosjen-eyarakkestadhyllestadnannestadvevelstadvaapstenordre-landsondre-landsøndre-landtjieltexn--vrggt-xqadsør-aurdalsor-aurdalheradstordmoldefordeførdeseljefedjeryggehemnexn--krehamn-dxasognegranesøgnebrynetjomevallebykletokkegiskedovretjømehobølvoldasaudatolgasømnaviknadønnasomnadonnatranafrananesnaraumasmolatrænafrænalesjasmølaørstaorstahitrafloraaukraloppafrøyarissasnasahalsagalsaromsaraisaráisafroyasnåsagronghobolfjelltydalårdalardalaskimharamkraanghkekråanghkesorumbarumhurumbærumsørummodumsálátbálátfrognbjugnvåganvagangulenskienløtenlotenstrynvefsnxn--merker-kuaskaunsveiobømlobomloskjåkvardoflorovadsosalatbalatsálatklæbuklabuselbubarduulvikskjakklepprisørxn--nttery-byaeflåeidflahofmilgolholsellomskifetvikdepvgsfhsaskerrisorhamarasnesåsnesrørosrorosxn--slat-5namasoynaroyvaroyluroydyroyaskoyradoyandoyrodoymeloyradøyandøyrødøymeløyaskøylurøydyrøymåsøyværøynærøyhoylandethøylandetdivtasvuodnalørenskoglorenskognesoddtangenxn--tjme-hraxn--smla-hraxn--stjrdal-s1aunjargalillehammerunjárgaxn--hamary-fyadavvenjargaxn--bearalvhki-y4a123hjemmesidegjerdrumxn--brnnysund-m8acxn--tnsberg-q1axn--mlatvuopmi-s4axn--snsa-roaxn--skierv-utaxn--brum-voatysfjordkvafjordeidfjordkvæfjordsongdalenmjondalenmjøndalenxn--gls-elackragerogáŋgaviikagangaviikasørreisasorreisasør-varangersor-varangerxn--risr-iraskiervaxn--frna-woaxn--trna-woakvinesdalleksvikleirvikrøyrvikroyrviksvelvikvenneslaevje-og-hornnessandnessjøenmarnardalvindafjordsandefjordenebakksnillfjordullensvangxn--trany-yuabrønnøysundnamsskoganaustevollxn--stjrdalshalsen-sqbnord-aurdalnord-frontrøgstadtrogstadgrimstadflakstadgjerstadxn--sandy-yuaxn--leagaviika-52bnore-og-uvdalvegarsheixn--rlingen-mxaxn--ggaviika-8ya47hvegårsheikarlsoykvitsoymasfjordenhamaroyinderoyosteroydavvenjárgasauheradguovdageaidnuxn--vre-eiker-k8abronnoysiellakkrødsheradkrodsheradkvinnheradbrønnøyxn--mtta-vrjjat-k7afxn--lrenskog-54akvitsøyvárggátkarlsøyosterøyinderøyhamarøybronnoysundxn--aurskog-hland-jnbbahccavuotnabáhccavuotnagiehtavuoatnastor-elvdalmidtre-gauldalxn--gildeskl-g0akarasjokevenassixn--bievt-0qaxn--yer-znalebesbynessebyxn--hbmer-xqamalselvmålselvxn--unjrga-rtamøre-og-romsdalmore-og-romsdalhareidmelandørlandorlandstrandålgårdsolundalgardafjordåfjorddielddanuorrikautokeinoxn--stre-toten-zcbskodjeaejriestangeliernebamblestokkefauskesnåasesnaasekongsvingerlangevagberlevagxn--flor-jrahattfjelldalostre-totenøstre-totenvestfoldxn--mely-iraálaheadjualaheadjunordreisaxn--troms-zuaxn--lgrd-poacporsangerflatangerstavangerleikangerbremangersamnangergieldakarasjohkaxn--rdy-0nabfrostautsirasnoasatromsaxn--sr-aurdal-l8aflekkefjordjølsterjolsteraremarkhedmarknååmesjevuemienaamesjevuemiexn--vard-jrarollagmeråkermerakerorskogørskogxn--bdddj-mrabdákŋoluoktaxn--osyro-wuaaknoluoktatrysilskjervøymandaljondalbindalrindalmeldalsuldalorkdalsigdalalvdallærdalhurdalsirdalverdallerdallardaloppdalåseralaseralhadselkragerødivttasvuotnaoverhallasteinkjerxn--hnefoss-q1askedsmokorsettromsøxn--dyry-iravestre-totenmuseumxn--sandnessjen-ogbrahkkeravjufylkesbiblbájddarbajddarxn--laheadju-7yarennesøyxn--koluokta-7ya57hxn--hgebostad-g3aleirfjordstorfjordbalsfjordbåtsfjordbatsfjordmuosátbievátloabátkárášjohkanøtterøyxn--mjndalen-64anordkappláhppilahppialstahaugsiljanverranrøykenroykenhaldenlyngenbergenhortenhønefosshonefosstroandinbeiarnvarggatosoyroosøyrotromsoidrettmuosatbievatruovatloabatvoagattynsetnessetxn--indery-fyaskánitskanitraholtråholtxn--ystre-slidre-ujbandebusarpsborgbearduxn--karlsy-fyahordalandjorpelandjørpelanddeatnuringsakersør-odalsor-odalxn--slt-elabringerikeaudnedalnittedalnissedalhemsedalslattumsurnadalxn--blt-elabelverumstjørdalnaustdalhjartdalgjøvikfyresdalhasviknarviklarvikgjovikmalvikgamviklenvikporsgrunnstjordalengerdaldrobakdrøbakxn--msy-ula0hvestvagoyxn--vgan-qoaxn--ryken-vuaxn--lten-graxn--stfold-9xaxn--hpmir-xqaxn--lury-iramálatvuopmimalatvuopmitysværkirkenesbirkenesmoskenesbáidárxn--fjord-lraxn--rdal-poabahcavuotnabáhcavuotnaxn--frde-gralindåsbearalvahkixn--hobl-iraráhkkerávjuxn--loabt-0qavågåáltábodøsundlundraderådeetnetimeholeauregrueoddavagavegaranatanaarnasolasulaaltalekafusavangbergkvamåmliamlibokntinnroangranosenoslobodorøstroststatåmotamotivguprivøyeroyerliermossvossxn--nvuotna-hwalusterlunnermarkerhábmerhabmerhvalerfjalerxn--rholt-mratysvarbaidarfitjargaularhápmirhapmirmelhusfosnesøksnesoksnestysneshemnesevenesflesbergeidsbergtonsbergtønsberglindasxn--sndre-land-0cbnamsosxn--srum-graøystre-slidreoystre-slidrevestre-slidretrondheimbalestrandxn--langevg-jxaaustrheimxn--skjk-soavagsoyaveroysandoykarmoyfinnoytranoyvestbytranbysykkylvenxn--hyanger-q1aspjelkavikandasuoloxn--fl-ziaxn--drbak-wuastathellexn--sr-varanger-ggbtelemarkxn--bhcavuotna-s4axn--porsgu-sta26fčáhcesuolocahcesuoloakrehamnåkrehamnsandøykarmøyfinnøytranøyvågsøyaverøynamdalseidxn--lesund-huabadaddjaxn--vegrshei-c0axn--btsfjord-9zagildeskålporsanguxn--trgstad-r1anávuotnanavuotnahammerfestxn--sgne-graxn--brnny-wuacibestadharstadnarviikaevenáššivestnesgjemnessandnesagdenesrennesoyxn--avery-yuaxn--tysvr-vrabearalváhkikongsbergspydebergrandabergxn--andy-iradavvesiidaxn--krdsherad-m8aporsáŋgufredrikstadbjerkreimringeburennebuaurskog-holandnotteroyxn--vgsy-qoa0jxn--rmskog-byaskierváivelandbyglandfrolandaurlandforsandxn--bjddar-ptamidsundålesundalesundfetsundfarsundovre-eikerøvre-eikerakershusxn--moreke-juasørfoldøstfoldostfoldsorfoldhøyangerhoyangerlevangerorkangertanangerxn--vestvgy-ixa6olillesandulsteinxn--rennesy-v1agranvinskjervoyxn--klbu-woalavagisxn--h-2faxn--ryrvik-byakafjordkåfjordseljordfolkebiblxn--gjvik-wuajevnakerxn--kfjord-iuabudejjuxn--kranghke-b0axn--davvenjrga-y4axn--rland-uuaxn--ldingen-q1axn--mlselv-iuaxn--rady-iraxn--linds-prabrumunddalxn--ygarden-p1amo-i-ranaeidskogrømskogromskoghjelmelandxn--finny-yuaxn--sr-odal-q1axn--skjervy-v1aballangenkvanangenkvænangengratangenxn--hmmrfeasta-s4acvossevangensuohkanxn--rde-ulaxn--mli-tlaxn--ksnes-uuanordlandskanlandskånlandsortlandfuoiskuxn--rros-graxn--hcesuolo-7ya35bxn--eveni-0qa01gagaivuotnagáivuotnaxn--seral-lradrammenmodalenmosjoenjan-mayentorskensteigengloppenxn--snes-poamatta-varjjatxn--sr-fron-q1aomasvuotnajessheimbådåddjåxn--krager-gyaxn--kvfjord-nxaxn--asky-iraxn--snase-nraxn--bidr-5nacholtålenxn--vads-jraxn--jlster-byamosjøenxn--rst-0nastavernxn--ostery-fyaxn--oppegrd-ixaxn--sknit-yqaxn--risa-5naoppegårdskiptvetrendalenholtalenxn--mot-tlaxn--lhppi-xqaxn--holtlen-hxaxn--srreisa-q1akopervikxn--muost-0qaxn--bmlo-grahokksundkvalsundegersundxn--karmy-yuaullensakerxn--hylandet-54axn--kvitsy-fyaxn--bod-2nalangevågberlevågkristiansandxn--rsta-frahornindalstjørdalshalsenstjordalshalsensandnessjoenhámmárfeastaxn--lrdal-srasør-fronsor-fronnord-odalkristiansundmátta-várjjatvestvågøynesoddennotoddenbuskerudøygardenoygardensalangenlavangenralingenrælingenlodingenlødingenleaŋgaviikalaakesvuemieleangaviikauenorgexn--srfold-byaaskvollxn--rskog-uuaxn--nry-yla5gxn--vry-yla5ghammarfeastaxn--rhkkervju-01afxn--givuotna-8yakommunekrokstadelvanedre-eikerhagebostadhægebostadxn--berlevg-jxakviteseidxn--s-1faxn--l-1faxn--nmesjevuemie-tcbafuosskomoårekemoarekexn--lt-liacxn--jrpeland-54asvalbardoppegardholmestrandtvedestrandsogndalsokndalarendalsunndalfolldalxn--krjohka-hwab49jlyngdaletnedalnorddalsaltdalgausdalskedsmovaksdalgjesdalstordalxn--frya-hraaarbortedrangedalxn--smna-graaurskog-hølandxn--vg-yiabtjeldsundhaugesundlindesnesxn--mre-og-romsdal-qqbxn--dnna-gradyntmpheremerseineshacknetenterprisecloudmineaccomaorimāoriorgmilcriiwigennetschoolhealthkiwigovtgeekxn--mori-qsacloudnsparliamentcomedorgcompronetedugovmuseumwebsitekinservicebarsywebsitebuildereerobookheimdnsleapcelleero-stagetechcrscsslorigingohomecdbedeeeiemesecabgngilnlalplchfisiincnnoroptatitmtltruauhulumkdkukskjplvtrgrfrkrhrusesismycynzcznetinteduassoososcloudstgbetaaezaeuhkusjswzhatenadiarycdn77hoptozaptois-a-knightmyftpno-ipjpnddnssdpdnsspdnsbarsysweetpepperis-a-bruinsfanis-very-sweetservegameis-a-soxfanhomelinuxcdn77-secureservebbsmisconfusedwebredirectblogsitefreedesktopcouchpotatofriestoolforgeaccesscamis-lostreadmyblogsmall-webfedorapeopleserveftpis-a-celticsfanmywirepotagertwmailin-dslsellsyourhomeread-booksfreeddnscable-modemis-savednflfanufcfanmlbfanstuff-4-saleendoftheinternetin-vpnmy-firewallhomeftpis-localis-a-chefboldlygoingnowherewebhopselfipkicks-assroxatunkcamdvrfedoraprojectgotdnsdvrdnsdyndnspubtlspimientahomeunixdontexistfedorainfracloudwmflabsfspagesbmoattachmentsteckidsfamilydsdnsaliasdynaliasnow-dnscloudnsdoomdnsduckdnsblogdnshomednsroutingthecloudendofinternetdsmynasip-dynamicpoivronhttpbinmyfirewallis-very-evilmysecuritycamerais-a-linux-userwmcloudis-a-geektuxfamilyis-a-candidatedoesntexistis-very-badhobby-sitegame-hostaltervistais-foundis-a-patsfandnsdojohepforgepodzonedynservcollegefanis-very-goodfrom-meis-very-niceisa-geeknerdpolacmedsldingorgcomnomgobabonetedugintapleskaemhlxmyboxrockyprvcydeuxfleurssolidresvibekitprodomgspdnscodebergheyflowstatichostlinkyhostmymagicorgmilcomnomgobneteduorgcomeduiorgmilcomngonetedugovcloudns1337ngrokacorggogfamcomwebgobnetedugokgopgkpgovgosbizpasaugumicsopozpapuwmwsrprusiskwpspkppspkmpspokeoiawsawifoumsdnskokwpmuppuppsppiwwiwoowuzswkzoschrzpisdnwzmiuwwitdpssewsseumigugimoirmpinbwinbwiihupporzgwgriwupowwskrwioswuozstarostwokonsulattmpccopruszkowmyspreadshopostrodakartuzyopolegminamediaustkazgorajgoraolawailawalomzawloclradombytomjaworznotargilubinkoninzagantorunkutnokepnonakloczestsopotsanokturekplockslasksklepzarowlukowmedaidgdaorgmilrelcomnomatmgsmartneteduelkgovwawsossexbiztgorysejnytychypomorzeboleslawiechomesklepsdscloudunicloudzakopanelegnicarawa-mazbydgoszczswidnikkrasnikwloclawekbielawamragowograjeworealestatebeskidykaszubymalopolskaprzeworskswiebodzinlecznadfirmaszkolawarmiagdyniamiastakazimierz-dolnymalborkswidnicadlugolekaostrolekapodlasieelblagtravelsimplesitezachpomormielecszczecinnieruchomosciwalbrzychlezajsklublinbedzinpoznanwielunmielnooleckostarachowicedkontopowiatwroclawrybniksuwalkileborkslupskgdanskostrowwlkptarnobrzegtourismwegrowkrakowglogowyou2pilanysamailwrocinfoagroautobeepshoppriviqhslapypiszlodzcfolksecommerce-shopmazurypulawyskoczowrzeszowpomorskiezgierzkaliszolkuszlowiczostrowiecsosnowiecmazowszewodzislawbialowiezazgorzeleckatowicepabianicejelenia-gorawolominkarpaczsieradznowarudaczeladzkonskowolaskierniewiceswinoujscieturystykabieszczadycieszynketrzynolsztynbialystokbabia-goraprochowicewarszawastalowa-wolapolkowicegorlicegliwiceponiatowalimanowalubartowaugustowkobierzyceopocznognieznoszczytnokolobrzegshoparenapodhalebielskoklodzkostargardcoshipatwithplayitownnamecoorgnetedugovacorgcomproestnetedugovbiznameislaprofinfoprodrechtngrokmedaaaacacpaenglawjurbarenterbarsykeeneticavocatacctcloudnsorgcomsecplonetedugov123paginaweborgcomnetintedugovnomepublidkinbarsygovx443cloudnsorgmilcomnetedugovcooporgmilcomschnetedugovnamecomcannetlibassoaemclantmcontstoreorgcomnomrecwwwbarsyfirminfoshopartsv6stackitmyddnswebspacelima-cityacincooxorgedugovbarsybrendlyhbvpsvpsspectrumlandinghostingacppmordoviamcprecbgorgmilcomspbnetintedumsknovgovbirrasmcdirmytismircloudvladimirnalchikadygeyamarinepyatigorskmyjinobashkiriaeurodirvladikavkazna4ugroznykustanaikalmykiacldmaildagestaniransmbuildcloudcanvaliaravalrwxwixdevelopmentappwritemigrationneedleverceldatabasestackitcodereplravendbsanityonporterlovableaccoorgmilnetgovcoopmedorgcompubschnetedugovservicemecomygovorggovtvmedorgcomnetedugovinfoedgfacbmlonihkutwpsryxzbdtmacfhppmyspreadshopbrandpartiorgcomfhvpress123minsidaitcouldbeworlanbibkommunalforbundfhskiopsyskomvuxkomforbnaturbruksgymnloginlineorgcomnetedugovenscaledeuusentsurgebotdaorgmilcomnetgovnowteleporthashbangbearlyplatformlovablebarsyshopwarebasehoplixbarsyonlinemsf5gitpagewawamscofigma-govcaffeinefigmacanvaceerosoltstscwputernippybarsysupportchatgptsquareomniweopensocialcpanelplaycodenotionnovecorewpsquaredpreviewjelecyonbyensrhtklivfastvpspieboxconvexmedusajsjouwwebheyflowplatformshdocsflowyloginlinemadethissourcecraftclouderaorgorgcomartedugouvunivmeorgcomnetedugovsurveysstatichfheiyumanusxs4allprojectmyfastubervibehostapp-ionosdeployagentmecoorgcomschnetedugovbizcncostoreorgmilcomneteduembaixadaconsuladokiraranohoprincipesaotomeheliohobarsystorebaseshopwaresellfyaisanityabkhaziavologdamordoviapenzalenugsochinavoiexnetspbmsknovnorth-kazakhstanashgabadkareliaarmeniageorgiavladimirnalchikivanovobukharaadygeyakhakassiakalugakrasnodarjambylaktyubinsktroitskbryanskobninskkurganazerbaijanpokrovskbashkiriatselinogradvladikavkazmurmansktulatuvamangyshlaktashkentchimkentgroznykaragandatermezarkhangelskkustanaikalmykiabalashoveast-kazakhstankaracoldagestantogliattibarsyredorgcomgobedumirenaccoorgjelasticdiscoursecleverappsschacmiincogoornetonlineshopcogoorgmilcomwebnicnetintedugovbiznametestcoorgmilcomnomnetedugovorangecloudpersoindorgcomfinnatnetgovensmincomtourismintlinfox0611orgmilcomnetedugovquickconnectvpnplusnettprequalifymeaddrmyaddrntdllwadlnctvavdrk12orgmilpolbeltelcomwebgennetedutskkepgovbbsbiznameinfocoorgmilcompronetedugovbiznameinfobetter-thanworse-thansakurafromdyndnson-the-webmymailerorgmilurlcomneteduidvgovmydnsgameclubebizmeneacsccogotvorhotelmilmobiinfovodteiflgplkmsmsbcckhincndnvncoztltmkckppzpdprvcvkvlvcrkrkscxuzchernovtsyrivneyaltaodesavolynrovnolutskltdinforgcomnetedugovbizvinnicazhitomirternopilpoltavakropyvnytskyizaporizhzhiasevastopolsebastopoluzhgoroduzhhorodkharkovkharkivvinnytsiakhmelnytskyizaporizhzhecrimeaodessazhytomyrnikolaevcherkassydonetskluganskluhanskkirovogradivano-frankivskchernivtsikrymkievkyivlvivsumyzakarpattiamykolaivcherkasychernigovkhersonchernihivdnipropetrovskdnepropetrovskkhmelnitskiyneacsccogoorusorgmilcomedugovmyspreadshopadimono-ipbarsybarsyonlinelayershiftnh-servretrosnubapicampaignservicelugaffinitylotteryweeklylotteryraffleentrygluglugsmeaccoindependent-inquestnimsitecopropymntltdorgplcschnetgovnhsbarsyindependent-commissionindependent-reviewpolicepublic-inquiryindependent-panelconnhospindependent-inquiryroyal-commissionoraclegovcloudappscck12libaws-govccphxcclibpvtparochchtrcck12libcceatonk12coglibtecgendstmusann-arborwashtenawcck12glghcck12sealibforksolympiabainbridge-islkeyporthoquiamyarrow-pointcentraliaport-townsendsequimport-ludlowrentonsilverdalebremertonredmondsheltonbellevueport-orchardport-angeleskingstonchehalisaberdeengig-harborseattlepoulsboidmdndsddemenegacalamaiavawapailalflnmdcncscohnhmihiviwiriinmntnmocoutvtctmtgunjokakwvnvprarorasmskstxwynykyazisadninsnngosrvis-bymircloudservernamepointtoenscaledland-4-salefreeddnsstuff-4-saleazure-apinoipdatabricksappscloudnsgolffanheliohostazurewebsitesgvorgmilcomgubneteducoorgcomnetd0egvorgmilcomnetedugovmydnsiacostoree12orgmilcomnomwebgobbibrectecnetintedugovraremprendefirminfoartseducok12orgcomnethidnsadidacaionioapsonlahanamhanoicamauhueorgcompronetintedugovbizbacninhtayninhhoabinhnamdinhtravinhhaiphongvinhlonghaiduongquangnamquangtrithuathienhuequangninhbacgianghaugiangquangbinhsoctrangbentrethanhphohochiminhdanangkontumhatinhkhanhhoathanhhoahealthgialailaocaiyenbaibackanngheanlonganphuyenphuthocanthodaklakdongnainameinfovinhphucdongthapkiengiangtiengiangquangngailaichaulangsonlamdongdaknonghagiangangiangcaobangbinhduongninhthuanbinhthuanbaclieuthaibinhninhbinhbinhdinhtuyenquanghungyenbaria-vungtauthainguyendienbienbinhphuocschbizputerorgcomnetedugovcloud66advisormypetsdyndnsxn--8dbq2axn--4dbgdty6cxn--5dbhl8dxn--hebda8bxn--80auxn--d1atxn--c1avgxn--o1acxn--o1achxn--90azhxn--55qx5dxn--uc0atvxn--od0algxn--wcvs22dxn--gmqw5axn--mxtq1mxn--12c1fe0brxn--h3cuzk1dixn--12co0c3b4evaxn--12cfi8ixb8lxn--o3cyx2axn--m3ch0j3axn--j1adpxn--90amcxn--90a1afxn--h1ahnxn--j1ael8bxn--h1alizxn--c1avgxn--j1aefxn--80aaa0cvacxn--41acaffeineexeopentunnelbotdashtelebitorgtmaccoagricorgmilnomwebnicngonetaltedugovlawnisschoolgrondaraccoorgmilcomschnetedugovbizinfoprg1-zeropstritonstackitlimazeropsaccoorgmilgovяспборгкоммскбизмирсамаракрымсочиакодпроргобрупрצהלממשלישובאקדמיהองค์กรธุรกิจรัฐบาลศึกษาทหารเน็ต教育網絡組織公司政府個人닷넷한국澳门新闻澳門联通家電嘉里招聘通販닷컴삼성コムგეбгрфеюadcdbdgdidmdsdtdaebedeeegeiejekemenepereseveyegabacalamanauavapaqasazacfbfafgfnfpfwftfbgcgagggegkgngmgsgpgvgtgugilmlnlalclglplsltlhmimjmkmmmomambmcmdmfmgmzmpmsmtmgbbblbsbecccacnclcmcvctcscmhkhghchbhthphshlinikifigiaibicivisikninhnmncnbngnsnpnvntnjoionomobocoaofodorosotoptstttytatbtetgtithtmtltrusuvuaucueuguhulumunufjdjbjtjsjlkmkhkfkdkcktkukskpkgpmpnpkpjpgqaqmqiqsvtvcvbvmvlvrwpwtwzwbwcwawgwkwmwtrsrprgrfrercrbrarnrmrlrkrirhrwsusrssspsgsesbsaslsmsissxmxaxcxuypysylymykygybycyuztzsznzmzkzdzczbzazελευ世界台灣购物公益点看臺灣网络書籍在线网站手机机构大拿游戏信息台湾谷歌慈善商标香港中国餐厅网址中國商城食品微博政务移动集团公司八卦商店健康网店政府时尚佛山中信娱乐广东企业homedepotengineeringاماراتrepublicankuokgroupversicherungchannelcitadelxn--pgbs0dhxn--b4w605ferdstatebankwebsitexn--mgb9awbf亚马逊淡马锡alibabaxn--ngbc5azdxn--mgbbh1axn--45br5cyltoshibabuildworldcloudtradeguideplacespacedancemoviephoneprimesmilebiblestyleappleazurestoreskypegripexn--l1accdrivelottehorsehouseleasechasereisestadahondaomegaaetnaamicaninjanokiamediadeltavodkaedekaosakapizzaslingemailgmailtirolshelltmallfinallegaltotalhotelamfamforumrehabmusicciticricohcoachwatchboschearthfaithirishmiamiarchidubaiguccipraxiみんなストアセールcanonsalononionnikonepsonkoelngreensevencrownikanoradioaudioweiboglobopromogalloyahoociscorodeovideomangobingotokyovolvolottokyotophotosmartsportquesttrusthyattjetztadultcymrubaidutushuxn--kprw13dubankclickblackmerckgroupsharpcheapnowtvxn--h2brj9cקוםհայоргсрбмонкомбелмкдқазрусукрمصرقطرعربكومdadcfdmedwedredphdthdbidpidkrdmsdltdiceonewmeglemoerwecfageacbanbambaaaammakianraspacpaaxawtfbcgaegongingaigvigorgdogdhlmilrilonlaolloluoljllcalgalnflafltelsrlfrllplkimibmcamcombommomifmabbjcbscbwebcabnabtabmlbpubabcbbcnecincpncllcstcwtcpwcnyckfhbzhovhmoiskiobisbitcifyituipinvinwinxincbnbcnmanfangdnmenrenkpnmtnyunrunfununobiojioriohbogmofooboooooacoecoceongoproartistottnttbbtcateatlatvetpetbetnethktmitfitintjothotgotdotbotprueduicujnjyouinknhktdkappsapgapmapdnptopgopllpjmpzipvipripesqtrvdtvitvdevmovgovhivnrwlawsewnewbmwwownowhowdvrftrmtrsfrbarcartvscrseusawsupsubssbsadsddsldssasbmsmlsxxxboxfoxgmxtjxsextaxbuyflydiysoyjoyskypaydaygayxyzanzbizwebersenerpokerlameractortatarsolarລາວคอมไทยtourslocusnexuslexusgiftsbeatsboatspartspressglassswissकॉमनेटtiresgivescodeshomesgamestunesshoescardswalesloansvegastoolsdealsautosparisファッションworkssucksrocksxeroxforexfedexpartylillymoneystudyrugbytoraytoday中文网xn--unup4y天主教飞利浦新加坡enterprises我爱你嘉里大酒店christmasxn--fct429kholdingsxn--8y0a063axn--mgbx4cd0ablifestyleabogadoallstatenetbankكاثوليكxn--s9brj9cxn--gk3at1ebestbuycharityxn--55qx5dmicrosoftpropertybasketballhomegoodscorsicajewelrygallerygrocerysurgerycountrybrusselsverisignferreroxn--czr694bhdfcbankcommbanksoftbankپاكستانپاکستانnextdirectالسعوديهالعليانxn--h2brj9c8cxn--80adxhksshikshaxn--mgbai9azgqp6jcuisinellabarclayscatholicxn--kpry57dcompanyxn--xhq521bblackfridayxn--mgba3a3ejtsandvikxn--d1acj3bacademydownloadمليسياxn--j1amhxn--w4r85el8fhu5dnraipirangaathletaxn--fhbeixn--mgbqly7cvafrzuerichxn--c2br7gஇலங்கைcontractorsxn--io0a7igraphicsinsurancetemasekxn--xkc2al3hye2amotorcyclesphotographydirectoryplumbingxn--vhquvclothingtrainingcleaningwilliamhilllightingxn--mgba3a4f16ashoppingcateringeducationokinawapicturesventuresproductionsxn--9et52uwalmartഭാരതംsupportrealestatecapitalonexn--nqv7fs00emaauspostfloristdentistxn--qxamgodaddybradescobargainsmitsubishikerryhotelsxn--9dbq2axn--3pxu8kimmobilienxn--fjq720axn--mgbtx2bholidaymckinseymadridbusinessbuildersxn--4gbrimмоскваالسعودیةcoffeedegreelacaixapartnersalsaceofficeabbvievoyageorangegeorgeonlinechromemobilekindlegoogleoraclecircleschulesecureinsurexn--mgba7c0bbn0aestatexn--mgbc0a9azcgcruisehangoutxn--vuq861bxn--42c2d9arexrothfirestoneuniversityxn--nnx388alifeinsuranceextraspaceонлайнvermögensberatersoftwarexn--fiqs8sxn--mgbab2bdxn--w4rs40ltiendaभारतम्africatoyotaotsukasakuracameracreditcardnagoyaconsultingnetworktheatermonsterprogressivepioneerxn--55qw42gracingdatingvotingvikinglivinggivingxn--bck1b9a5dre4cbrotherweatherjoburgفلسطينlplfinancialxn--clchc0ea0b2g2a9gcdfutbolschoolsocialglobaldentalwoodsidechanelairtelmatteltravelrealtorwebcamstreamభారత్unicomalstomxn--nodexn--6frz82gmuseumfurniturexn--rvc1e0am3exn--mix891faccenturexn--11b4c3dismailineustardiscountquebeccomsecclinicservicesxn--y9a3aqxn--c1avgswatchchurchsearchالاردنmarketingcontacthealthmonashshoujisanofitaipeiamericanexpresssuzukiアマゾンクラウドポイントbhartiグーグルxn--mgberp4a5d4armemorialxn--1qqw23alondonmormoninstitutevisionbostonnortoncouponmaisonamazonvirginberlindesigndurbanolayannissananquanxihuanhitachikaufengardenreisenbayerntechnologydatsunxn--90a3aclatinocasinostudiophysioxn--ngbe9e0apharmacytattootaobaoaramcoexpertreportabbottdirectselectimamatfairwindspictettargetmarketintuittravelersinsurancecreditdupontryukyusuppliesxn--tckwebnpparibasschmidtmerckmsdyodobashirestaurantbridgestonecricketxn--fpcrj9c3dbostikbroadwayattorneylefrakemerckxn--fiq228c5hscareersfarmerswinnersflowersxn--wgbh1cguitarsxn--54b7fta0ccxn--p1acfmakeupgalluplandroverxn--kcrx77d1x4agoldpointbauhausxn--mgbayh7gpahiphopplaystationxn--mgba3a4fraxn--eckvdtc9dhyundaixn--gckr3f0fistanbulticketsmarketsflightschintaireviewsxn--3e0b707ewindowsxn--fiqz9sfinancialxn--fzys8d69uvgmابوظبيdiscoverreviewবাংলাxn--5su34j936bgsgmoscowobserverapartmentsдетиارامكوсайтeurovisionxn--i1b6b1a6a2exn--xkc2dl3a5ee0hتونسموقعبارتڀارتشبكةعمانبيتكعراقreadkredbondlandbandfundfoodprodgoldfordtubecafesafelifeggeeieeefreefagepagegugezonewinememenamegamesaleablebikenikelikecarecbreherefiresaveloveliveblueartedatesitevotecaseluxebofamodaltdaasdatiaayogasinavanashiaasiajavabbvatevavivadatazaraarpacasavisasncfprofmaifsurfgolfdvagsongbingpingwangkpmggoogblogpohlfailcooldellcalldeallidlsarlfilmteamroomfarmimdbarabclubhdfcicbchsbcgmbhrichtechfishdishcashminiernikddiaudiwikimobitaxicitikiwidesiqponskinloanakdnwienopenporncerntownimmolimoolloinfonicofidolegosaxozeroaerovivoautovotomotofastbestresthostpostnextlgbtchatseatgiftmeetdietreitmintrentgentspotscotguruitausohumenucyoubanklinkpinkdclktalksilkbookseekworkrsvpaarpjeepshopcoophelpcamppccwshowbeerstarruhrflirweirhaircarsparsjprshausplusnewstipstoysjobskidsfanspicsdocsxboxamexsexynavycitysonyarmyallybabyplaydeliverybuzzgbizlamborghiniphilipsලංකාಭಾರತfitnessexpresslanxesspfizercenterwalterlawyersoccercareerkosherbrokerlockerdealerdoctorauthorxn--mgbqly7c0a67fbcvermögensberatungjaguarxn--pssy2uxn--hxt814eflickrrepairrogersairbusxn--mgbai9a5eva00beventsyachtsxn--t60b56aভাৰতভারতभारतभारोतviajeshermeshughesxn--j1aefसंगठनvillasଭାରତclaimshotelsભારતzapposphotosjuegoscondostatamotorsgratistennisਭਾਰਤtkmaxxtjmaxxschaeffleryandexxn--80aswgrealtysafetybeautyluxuryxn--3ds443gsupplyfamilyxn--o3cw4hhockeysydneyxn--90aenissayalipayenergycomputeragencyxn--rovu88b電訊盈科xn--gecrj9cstatefarmaccountantaquarelleolayangroup香格里拉xn--p1ai组织机构xn--1ck2e1bxn--mgbt3dhdschwarzموريتانياabudhabinowruzkomatsufujitsuhospitalxn--80asehdbxn--mgbtf8flxn--j6w193gxn--yfro4i67oprudentialxn--flw351ecruisescoursesrecipesxn--e1a4cferrarixn--ses554gxn--wgbl6awatchesstaplessinglesxn--mgbcpq6gpa1axn--otu796dpropertiescreditunionxn--mgbah1a3hjkrdstockholmhisamitsuالسعوديةstcgroupdomainsoriginscouponsbloombergclubmedfroganslimitedxn--80aqecdr1aexposedinternationalequipmentbarclaycardxn--q7ce6axn--mgbi4ecexpprotectionassociatesconstructionxn--cck2b3bxn--45q11candroidfoundationישראלxn--mgbca7dzdocliniqueboutiqueengineerxn--qxa6asystemsfirmdalefashionauctionxn--nqv7finfinitirentalsreliancetradingweddingfishinghostinggentingbookingcookingxn--3hcrj9cgraingerxn--czrs0tdemocratsamsungyokohamaxn--h2breg3evexn--nyqy26alundbeckmelbournevacationssolutionsfrontierxn--vermgensberatung-pwbmanagementxn--cg4bkixn--mgb2ddeslincolnhamburgsandvikcoromantblockbusterairforcebarefootxn--4dbrk0ceinvestmentsfeedbackcommunityxn--ngbrxالبحرينdiamondsamsterdamhealthcareredumbrellaxn--mxtq1mxn--2scrj9cagakhanxn--mgbpl2fhкатоликcaravanசிங்கப்பூர்richardlimortgageamericanfamilyxn--fzc2c9e2cscholarshipssaarlandxn--imr513nvlaanderensamsclubgoodyearkitchenஇந்தியாweatherchannelallfinanzxn--kput3iالسعودیۃxn--90aisxn--efvy88hالجزائرxn--mgbaam7a8hexchangejpmorganxn--tiq49xqyjfidelitysecurityxn--mk1bu44cwanggouxn--fiq64bxn--6qq986b3xlxn--mgbbh1a71exn--80ao21amarshallsxn--5tzm5gtravelerspanasoniclatrobeyoutubeaccountantsxn--rhqv96gxn--cckwcxetdanalyticsxn--ygbi2ammxبازاربھارتسوريةorganicfreseniusسورياxn--9krt00axn--qcka1pmcxn--jlq480n2rgdeloittesciencefinancexn--jvr189mxn--30rr7yhomesensehotmailbaseballfootballleclercboehringerxn--q9jyb4cxn--mix082fاليمنهمراهpolitieسودانايرانایرانnetflixyamaxunxn--lgbbat1ad8jcollegestoragecapetowncolognekerrypropertiesxn--mgbgu82axn--ogbpf8flxn--czru2dwhoswhociprianilasallexn--g2xx48cforsalebanamexaudiblexn--vermgensberater-ctbxn--zfr164bericssonvanguardxn--45brj9cindustriestheatremarriottxn--3bst00mcomparexn--mgberp4a5d4a87gcapitaldigitalالمغربbarcelonashangrilaxn--d1alfcalvinkleinwwwcitysapporokawasakinagoyasendaikobekitakyushuyokohamackjp";
const rulesRoot = 664;
const exceptionsRoot = 668;

const numberOfNodes = nodeFlags.length;
const numberOfEdges = edgeLength.length;
const edgeOffset = new Uint32Array(numberOfEdges);
const edgeHash = new Uint32Array(numberOfEdges);
const wildcardEdge = new Int32Array(numberOfNodes).fill(-1);
for (let node = 0, offset = 0; node < numberOfNodes; node += 1) {
    for (let edge = edgeStart[node]; edge < edgeStart[node + 1]; edge += 1) {
        edgeOffset[edge] = offset;
        const end = offset + edgeLength[edge];
        let hash = 5381;
        for (let i = end - 1; i >= offset; i -= 1) {
            hash = (hash * 33) ^ labelText.charCodeAt(i);
        }
        edgeHash[edge] = hash >>> 0;
        if (edgeLength[edge] === 1 &&
            labelText.charCodeAt(offset) === 42 /* '*' */) {
            wildcardEdge[node] = edge;
        }
        offset = end;
    }
}
let matchNode = -1;
let matchStart = 0;
let matchEnd = 0;
function labelEquals(edge, hostname, start, length) {
    if (edgeLength[edge] !== length) {
        return false;
    }
    const offset = edgeOffset[edge];
    for (let i = 0; i < length; i += 1) {
        if (labelText.charCodeAt(offset + i) !== hostname.charCodeAt(start + i)) {
            return false;
        }
    }
    return true;
}
function findEdge(node, hash, hostname, start, length) {
    let lo = edgeStart[node];
    let hi = edgeStart[node + 1];
    while (lo < hi) {
        const mid = (lo + hi) >>> 1;
        const value = edgeHash[mid];
        if (value < hash) {
            lo = mid + 1;
        }
        else if (value > hash) {
            hi = mid;
        }
        else {
            for (let e = mid; e >= lo && edgeHash[e] === hash; e -= 1) {
                if (labelEquals(e, hostname, start, length))
                    return e;
            }
            for (let e = mid + 1; e < hi && edgeHash[e] === hash; e += 1) {
                if (labelEquals(e, hostname, start, length))
                    return e;
            }
            return -1;
        }
    }
    return -1;
}
function walk(hostname, root, allowedMask) {
    let node = root;
    let end = hostname.length;
    let hash = 5381;
    matchNode = -1;
    for (let i = hostname.length - 1; i >= 0; i -= 1) {
        const code = hostname.charCodeAt(i);
        if (code === 46 /* '.' */) {
            const start = i + 1;
            let edge = findEdge(node, hash >>> 0, hostname, start, end - start);
            if (edge === -1 && end !== start) {
                edge = wildcardEdge[node];
            }
            if (edge === -1) {
                return matchNode !== -1;
            }
            node = edgeChild[edge];
            if ((nodeFlags[node] & allowedMask) !== 0) {
                matchNode = node;
                matchStart = start;
                matchEnd = end;
            }
            end = i;
            hash = 5381;
        }
        else {
            hash = (hash * 33) ^ code;
        }
    }
    let edge = findEdge(node, hash >>> 0, hostname, 0, end);
    if (edge === -1 && end !== 0) {
        edge = wildcardEdge[node];
    }
    if (edge !== -1) {
        node = edgeChild[edge];
        if ((nodeFlags[node] & allowedMask) !== 0) {
            matchNode = node;
            matchStart = 0;
            matchEnd = end;
        }
    }
    return matchNode !== -1;
}
function suffixLookup(hostname, options, out) {
    if (fastPathLookup(hostname, options, out)) {
        return false;
    }
    const allowedMask = (options.allowPrivateDomains ? 2 /* RULE_TYPE.PRIVATE */ : 0) |
        (options.allowIcannDomains ? 1 /* RULE_TYPE.ICANN */ : 0);
    if (walk(hostname, exceptionsRoot, allowedMask)) {
        out.isIcann = (nodeFlags[matchNode] & 1 /* RULE_TYPE.ICANN */) !== 0;
        out.isPrivate = (nodeFlags[matchNode] & 2 /* RULE_TYPE.PRIVATE */) !== 0;
        out.publicSuffix = hostname.slice(matchEnd + 1);
        return true;
    }
    if (walk(hostname, rulesRoot, allowedMask)) {
        out.isIcann = (nodeFlags[matchNode] & 1 /* RULE_TYPE.ICANN */) !== 0;
        out.isPrivate = (nodeFlags[matchNode] & 2 /* RULE_TYPE.PRIVATE */) !== 0;
        out.publicSuffix = hostname.slice(matchStart);
        return false;
    }
    out.isIcann = false;
    out.isPrivate = false;
    const lastDot = hostname.lastIndexOf('.');
    out.publicSuffix = lastDot === -1 ? hostname : hostname.slice(lastDot + 1);
    return false;
}

const RESULT = getEmptyResult();
function parse(url, options) {
    return parseImpl(url, 5 /* FLAG.ALL */, suffixLookup, options, getEmptyResult());
}
function getHostname(url, options) {
    /*@__INLINE__*/ resetResult(RESULT);
    return parseImpl(url, 0 /* FLAG.HOSTNAME */, suffixLookup, options, RESULT).hostname;
}
function getPublicSuffix(url, options) {
    /*@__INLINE__*/ resetResult(RESULT);
    return parseImpl(url, 2 /* FLAG.PUBLIC_SUFFIX */, suffixLookup, options, RESULT)
        .publicSuffix;
}
function getDomain(url, options) {
    /*@__INLINE__*/ resetResult(RESULT);
    return parseImpl(url, 3 /* FLAG.DOMAIN */, suffixLookup, options, RESULT).domain;
}
function getFullDomain(url, options) {
    /*@__INLINE__*/ resetResult(RESULT);
    const result = parseImpl(url, 3 /* FLAG.DOMAIN */, suffixLookup, options, RESULT);
    return result.domain === null ? null : result.hostname;
}
function getSubdomain(url, options) {
    /*@__INLINE__*/ resetResult(RESULT);
    return parseImpl(url, 4 /* FLAG.SUB_DOMAIN */, suffixLookup, options, RESULT)
        .subdomain;
}
function getDomainWithoutSuffix(url, options) {
    /*@__INLINE__*/ resetResult(RESULT);
    return parseImpl(url, 5 /* FLAG.ALL */, suffixLookup, options, RESULT)
        .domainWithoutSuffix;
}

__webpack_unused_export__ = getDomain;
__webpack_unused_export__ = getDomainWithoutSuffix;
__webpack_unused_export__ = getFullDomain;
__webpack_unused_export__ = getHostname;
__webpack_unused_export__ = getPublicSuffix;
__webpack_unused_export__ = getSubdomain;
exports.qg = parse;


/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 7349:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);
var YAMLMap = __nccwpck_require__(4454);
var YAMLSeq = __nccwpck_require__(2223);
var resolveBlockMap = __nccwpck_require__(7103);
var resolveBlockSeq = __nccwpck_require__(334);
var resolveFlowCollection = __nccwpck_require__(3142);

function resolveCollection(CN, ctx, token, onError, tagName, tag) {
    const coll = token.type === 'block-map'
        ? resolveBlockMap.resolveBlockMap(CN, ctx, token, onError, tag)
        : token.type === 'block-seq'
            ? resolveBlockSeq.resolveBlockSeq(CN, ctx, token, onError, tag)
            : resolveFlowCollection.resolveFlowCollection(CN, ctx, token, onError, tag);
    const Coll = coll.constructor;
    if (tagName === '!' || tagName === Coll.tagName) {
        coll.tag = Coll.tagName;
        return coll;
    }
    if (tagName)
        coll.tag = tagName;
    return coll;
}
function composeCollection(CN, ctx, token, props, onError) {
    const tagToken = props.tag;
    const tagName = !tagToken
        ? null
        : ctx.directives.tagName(tagToken.source, msg => onError(tagToken, 'TAG_RESOLVE_FAILED', msg));
    if (token.type === 'block-seq') {
        const { anchor, newlineAfterProp: nl } = props;
        const lastProp = anchor && tagToken
            ? anchor.offset > tagToken.offset
                ? anchor
                : tagToken
            : (anchor ?? tagToken);
        if (lastProp && (!nl || nl.offset < lastProp.offset)) {
            const message = 'Missing newline after block sequence props';
            onError(lastProp, 'MISSING_CHAR', message);
        }
    }
    const expType = token.type === 'block-map'
        ? 'map'
        : token.type === 'block-seq'
            ? 'seq'
            : token.start.source === '{'
                ? 'map'
                : 'seq';
    if (!tagToken ||
        !tagName ||
        tagName === '!' ||
        (tagName === YAMLMap.YAMLMap.tagName && expType === 'map') ||
        (tagName === YAMLSeq.YAMLSeq.tagName && expType === 'seq')) {
        return resolveCollection(CN, ctx, token, onError, tagName);
    }
    let tag = ctx.schema.tags.find(t => t.tag === tagName && t.collection === expType);
    if (!tag) {
        const kt = ctx.schema.knownTags[tagName];
        if (kt?.collection === expType) {
            ctx.schema.tags.push(Object.assign({}, kt, { default: false }));
            tag = kt;
        }
        else {
            if (kt) {
                onError(tagToken, 'BAD_COLLECTION_TYPE', `${kt.tag} used for ${expType} collection, but expects ${kt.collection ?? 'scalar'}`, true);
            }
            else {
                onError(tagToken, 'TAG_RESOLVE_FAILED', `Unresolved tag: ${tagName}`, true);
            }
            return resolveCollection(CN, ctx, token, onError, tagName);
        }
    }
    const coll = resolveCollection(CN, ctx, token, onError, tagName, tag);
    const res = tag.resolve?.(coll, msg => onError(tagToken, 'TAG_RESOLVE_FAILED', msg), ctx.options) ?? coll;
    const node = identity.isNode(res)
        ? res
        : new Scalar.Scalar(res);
    node.range = coll.range;
    node.tag = tagName;
    if (tag?.format)
        node.format = tag.format;
    return node;
}

exports.composeCollection = composeCollection;


/***/ }),

/***/ 3683:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Document = __nccwpck_require__(3021);
var composeNode = __nccwpck_require__(5937);
var resolveEnd = __nccwpck_require__(7788);
var resolveProps = __nccwpck_require__(4631);

function composeDoc(options, directives, { offset, start, value, end }, onError) {
    const opts = Object.assign({ _directives: directives }, options);
    const doc = new Document.Document(undefined, opts);
    const ctx = {
        atKey: false,
        atRoot: true,
        directives: doc.directives,
        options: doc.options,
        schema: doc.schema
    };
    const props = resolveProps.resolveProps(start, {
        indicator: 'doc-start',
        next: value ?? end?.[0],
        offset,
        onError,
        parentIndent: 0,
        startOnNewline: true
    });
    if (props.found) {
        doc.directives.docStart = true;
        if (value &&
            (value.type === 'block-map' || value.type === 'block-seq') &&
            !props.hasNewline)
            onError(props.end, 'MISSING_CHAR', 'Block collection cannot start on same line with directives-end marker');
    }
    doc.contents = value
        ? composeNode.composeNode(ctx, value, props, onError)
        : composeNode.composeEmptyNode(ctx, props.end, start, null, props, onError);
    const contentEnd = doc.contents.range[2];
    const re = resolveEnd.resolveEnd(end, contentEnd, false, onError);
    if (re.comment)
        doc.comment = re.comment;
    doc.range = [offset, contentEnd, re.offset];
    return doc;
}

exports.composeDoc = composeDoc;


/***/ }),

/***/ 5937:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Alias = __nccwpck_require__(4065);
var identity = __nccwpck_require__(1127);
var composeCollection = __nccwpck_require__(7349);
var composeScalar = __nccwpck_require__(5413);
var resolveEnd = __nccwpck_require__(7788);
var utilEmptyScalarPosition = __nccwpck_require__(2599);

const CN = { composeNode, composeEmptyNode };
function composeNode(ctx, token, props, onError) {
    const atKey = ctx.atKey;
    const { spaceBefore, comment, anchor, tag } = props;
    let node;
    let isSrcToken = true;
    switch (token.type) {
        case 'alias':
            node = composeAlias(ctx, token, onError);
            if (anchor || tag)
                onError(token, 'ALIAS_PROPS', 'An alias node must not specify any properties');
            break;
        case 'scalar':
        case 'single-quoted-scalar':
        case 'double-quoted-scalar':
        case 'block-scalar':
            node = composeScalar.composeScalar(ctx, token, tag, onError);
            if (anchor)
                node.anchor = anchor.source.substring(1);
            break;
        case 'block-map':
        case 'block-seq':
        case 'flow-collection':
            try {
                node = composeCollection.composeCollection(CN, ctx, token, props, onError);
                if (anchor)
                    node.anchor = anchor.source.substring(1);
            }
            catch (error) {
                const message = error instanceof Error ? error.message : String(error);
                onError(token, 'RESOURCE_EXHAUSTION', message);
            }
            break;
        default: {
            const message = token.type === 'error'
                ? token.message
                : `Unsupported token (type: ${token.type})`;
            onError(token, 'UNEXPECTED_TOKEN', message);
            isSrcToken = false;
        }
    }
    node ?? (node = composeEmptyNode(ctx, token.offset, undefined, null, props, onError));
    if (anchor && node.anchor === '')
        onError(anchor, 'BAD_ALIAS', 'Anchor cannot be an empty string');
    if (atKey &&
        ctx.options.stringKeys &&
        (!identity.isScalar(node) ||
            typeof node.value !== 'string' ||
            (node.tag && node.tag !== 'tag:yaml.org,2002:str'))) {
        const msg = 'With stringKeys, all keys must be strings';
        onError(tag ?? token, 'NON_STRING_KEY', msg);
    }
    if (spaceBefore)
        node.spaceBefore = true;
    if (comment) {
        if (token.type === 'scalar' && token.source === '')
            node.comment = comment;
        else
            node.commentBefore = comment;
    }
    if (ctx.options.keepSourceTokens && isSrcToken)
        node.srcToken = token;
    return node;
}
function composeEmptyNode(ctx, offset, before, pos, { spaceBefore, comment, anchor, tag, end }, onError) {
    const token = {
        type: 'scalar',
        offset: utilEmptyScalarPosition.emptyScalarPosition(offset, before, pos),
        indent: -1,
        source: ''
    };
    const node = composeScalar.composeScalar(ctx, token, tag, onError);
    if (anchor) {
        node.anchor = anchor.source.substring(1);
        if (node.anchor === '')
            onError(anchor, 'BAD_ALIAS', 'Anchor cannot be an empty string');
    }
    if (spaceBefore)
        node.spaceBefore = true;
    if (comment) {
        node.comment = comment;
        node.range[2] = end;
    }
    return node;
}
function composeAlias({ options }, { offset, source, end }, onError) {
    const alias = new Alias.Alias(source.substring(1));
    if (alias.source === '')
        onError(offset, 'BAD_ALIAS', 'Alias cannot be an empty string');
    if (alias.source.endsWith(':'))
        onError(offset + source.length - 1, 'BAD_ALIAS', 'Alias ending in : is ambiguous', true);
    const valueEnd = offset + source.length;
    const re = resolveEnd.resolveEnd(end, valueEnd, options.strict, onError);
    alias.range = [offset, valueEnd, re.offset];
    if (re.comment)
        alias.comment = re.comment;
    return alias;
}

exports.composeEmptyNode = composeEmptyNode;
exports.composeNode = composeNode;


/***/ }),

/***/ 5413:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);
var resolveBlockScalar = __nccwpck_require__(8913);
var resolveFlowScalar = __nccwpck_require__(6842);

function composeScalar(ctx, token, tagToken, onError) {
    const { value, type, comment, range } = token.type === 'block-scalar'
        ? resolveBlockScalar.resolveBlockScalar(ctx, token, onError)
        : resolveFlowScalar.resolveFlowScalar(token, ctx.options.strict, onError);
    const tagName = tagToken
        ? ctx.directives.tagName(tagToken.source, msg => onError(tagToken, 'TAG_RESOLVE_FAILED', msg))
        : null;
    let tag;
    if (ctx.options.stringKeys && ctx.atKey) {
        tag = ctx.schema[identity.SCALAR];
    }
    else if (tagName)
        tag = findScalarTagByName(ctx.schema, value, tagName, tagToken, onError);
    else if (token.type === 'scalar')
        tag = findScalarTagByTest(ctx, value, token, onError);
    else
        tag = ctx.schema[identity.SCALAR];
    let scalar;
    try {
        const res = tag.resolve(value, msg => onError(tagToken ?? token, 'TAG_RESOLVE_FAILED', msg), ctx.options);
        scalar = identity.isScalar(res) ? res : new Scalar.Scalar(res);
    }
    catch (error) {
        const msg = error instanceof Error ? error.message : String(error);
        onError(tagToken ?? token, 'TAG_RESOLVE_FAILED', msg);
        scalar = new Scalar.Scalar(value);
    }
    scalar.range = range;
    scalar.source = value;
    if (type)
        scalar.type = type;
    if (tagName)
        scalar.tag = tagName;
    if (tag.format)
        scalar.format = tag.format;
    if (comment)
        scalar.comment = comment;
    return scalar;
}
function findScalarTagByName(schema, value, tagName, tagToken, onError) {
    if (tagName === '!')
        return schema[identity.SCALAR]; // non-specific tag
    const matchWithTest = [];
    for (const tag of schema.tags) {
        if (!tag.collection && tag.tag === tagName) {
            if (tag.default && tag.test)
                matchWithTest.push(tag);
            else
                return tag;
        }
    }
    for (const tag of matchWithTest)
        if (tag.test?.test(value))
            return tag;
    const kt = schema.knownTags[tagName];
    if (kt && !kt.collection) {
        schema.tags.push(Object.assign({}, kt, { default: false, test: undefined }));
        return kt;
    }
    onError(tagToken, 'TAG_RESOLVE_FAILED', `Unresolved tag: ${tagName}`, tagName !== 'tag:yaml.org,2002:str');
    return schema[identity.SCALAR];
}
function findScalarTagByTest({ atKey, directives, schema }, value, token, onError) {
    const tag = schema.tags.find(tag => (tag.default === true || (atKey && tag.default === 'key')) &&
        tag.test?.test(value)) || schema[identity.SCALAR];
    if (schema.compat) {
        const compat = schema.compat.find(tag => tag.default && tag.test?.test(value)) ??
            schema[identity.SCALAR];
        if (tag.tag !== compat.tag) {
            const ts = directives.tagString(tag.tag);
            const cs = directives.tagString(compat.tag);
            const msg = `Value may be parsed as either ${ts} or ${cs}`;
            onError(token, 'TAG_RESOLVE_FAILED', msg, true);
        }
    }
    return tag;
}

exports.composeScalar = composeScalar;


/***/ }),

/***/ 9984:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_process = __nccwpck_require__(932);
var directives = __nccwpck_require__(1342);
var Document = __nccwpck_require__(3021);
var errors = __nccwpck_require__(1464);
var identity = __nccwpck_require__(1127);
var composeDoc = __nccwpck_require__(3683);
var resolveEnd = __nccwpck_require__(7788);

function getErrorPos(src) {
    if (typeof src === 'number')
        return [src, src + 1];
    if (Array.isArray(src))
        return src.length === 2 ? src : [src[0], src[1]];
    const { offset, source } = src;
    return [offset, offset + (typeof source === 'string' ? source.length : 1)];
}
function parsePrelude(prelude) {
    let comment = '';
    let atComment = false;
    let afterEmptyLine = false;
    for (let i = 0; i < prelude.length; ++i) {
        const source = prelude[i];
        switch (source[0]) {
            case '#':
                comment +=
                    (comment === '' ? '' : afterEmptyLine ? '\n\n' : '\n') +
                        (source.substring(1) || ' ');
                atComment = true;
                afterEmptyLine = false;
                break;
            case '%':
                if (prelude[i + 1]?.[0] !== '#')
                    i += 1;
                atComment = false;
                break;
            default:
                if (!atComment)
                    afterEmptyLine = true;
                atComment = false;
        }
    }
    return { comment, afterEmptyLine };
}
class Composer {
    constructor(options = {}) {
        this.doc = null;
        this.atDirectives = false;
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
        this.onError = (source, code, message, warning) => {
            const pos = getErrorPos(source);
            if (warning)
                this.warnings.push(new errors.YAMLWarning(pos, code, message));
            else
                this.errors.push(new errors.YAMLParseError(pos, code, message));
        };
        this.directives = new directives.Directives({ version: options.version || '1.2' });
        this.options = options;
    }
    decorate(doc, afterDoc) {
        const { comment, afterEmptyLine } = parsePrelude(this.prelude);
        if (comment) {
            const dc = doc.contents;
            if (afterDoc) {
                doc.comment = doc.comment ? `${doc.comment}\n${comment}` : comment;
            }
            else if (afterEmptyLine || doc.directives.docStart || !dc) {
                doc.commentBefore = comment;
            }
            else if (identity.isCollection(dc) && !dc.flow && dc.items.length > 0) {
                let it = dc.items[0];
                if (identity.isPair(it))
                    it = it.key;
                const cb = it.commentBefore;
                it.commentBefore = cb ? `${comment}\n${cb}` : comment;
            }
            else {
                const cb = dc.commentBefore;
                dc.commentBefore = cb ? `${comment}\n${cb}` : comment;
            }
        }
        if (afterDoc) {
            for (let i = 0; i < this.errors.length; ++i)
                doc.errors.push(this.errors[i]);
            for (let i = 0; i < this.warnings.length; ++i)
                doc.warnings.push(this.warnings[i]);
        }
        else {
            doc.errors = this.errors;
            doc.warnings = this.warnings;
        }
        this.prelude = [];
        this.errors = [];
        this.warnings = [];
    }
    streamInfo() {
        return {
            comment: parsePrelude(this.prelude).comment,
            directives: this.directives,
            errors: this.errors,
            warnings: this.warnings
        };
    }
    *compose(tokens, forceDoc = false, endOffset = -1) {
        for (const token of tokens)
            yield* this.next(token);
        yield* this.end(forceDoc, endOffset);
    }
    *next(token) {
        if (node_process.env.LOG_STREAM)
            console.dir(token, { depth: null });
        switch (token.type) {
            case 'directive':
                this.directives.add(token.source, (offset, message, warning) => {
                    const pos = getErrorPos(token);
                    pos[0] += offset;
                    this.onError(pos, 'BAD_DIRECTIVE', message, warning);
                });
                this.prelude.push(token.source);
                this.atDirectives = true;
                break;
            case 'document': {
                const doc = composeDoc.composeDoc(this.options, this.directives, token, this.onError);
                if (this.atDirectives && !doc.directives.docStart)
                    this.onError(token, 'MISSING_CHAR', 'Missing directives-end/doc-start indicator line');
                this.decorate(doc, false);
                if (this.doc)
                    yield this.doc;
                this.doc = doc;
                this.atDirectives = false;
                break;
            }
            case 'byte-order-mark':
            case 'space':
                break;
            case 'comment':
            case 'newline':
                this.prelude.push(token.source);
                break;
            case 'error': {
                const msg = token.source
                    ? `${token.message}: ${JSON.stringify(token.source)}`
                    : token.message;
                const error = new errors.YAMLParseError(getErrorPos(token), 'UNEXPECTED_TOKEN', msg);
                if (this.atDirectives || !this.doc)
                    this.errors.push(error);
                else
                    this.doc.errors.push(error);
                break;
            }
            case 'doc-end': {
                if (!this.doc) {
                    const msg = 'Unexpected doc-end without preceding document';
                    this.errors.push(new errors.YAMLParseError(getErrorPos(token), 'UNEXPECTED_TOKEN', msg));
                    break;
                }
                this.doc.directives.docEnd = true;
                const end = resolveEnd.resolveEnd(token.end, token.offset + token.source.length, this.doc.options.strict, this.onError);
                this.decorate(this.doc, true);
                if (end.comment) {
                    const dc = this.doc.comment;
                    this.doc.comment = dc ? `${dc}\n${end.comment}` : end.comment;
                }
                this.doc.range[2] = end.offset;
                break;
            }
            default:
                this.errors.push(new errors.YAMLParseError(getErrorPos(token), 'UNEXPECTED_TOKEN', `Unsupported token ${token.type}`));
        }
    }
    *end(forceDoc = false, endOffset = -1) {
        if (this.doc) {
            this.decorate(this.doc, true);
            yield this.doc;
            this.doc = null;
        }
        else if (forceDoc) {
            const opts = Object.assign({ _directives: this.directives }, this.options);
            const doc = new Document.Document(undefined, opts);
            if (this.atDirectives)
                this.onError(endOffset, 'MISSING_CHAR', 'Missing directives-end indicator line');
            doc.range = [0, endOffset, endOffset];
            this.decorate(doc, false);
            yield doc;
        }
    }
}

exports.Composer = Composer;


/***/ }),

/***/ 7103:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Pair = __nccwpck_require__(7165);
var YAMLMap = __nccwpck_require__(4454);
var resolveProps = __nccwpck_require__(4631);
var utilContainsNewline = __nccwpck_require__(9499);
var utilFlowIndentCheck = __nccwpck_require__(4051);
var utilMapIncludes = __nccwpck_require__(1187);

const startColMsg = 'All mapping items must start at the same column';
function resolveBlockMap({ composeNode, composeEmptyNode }, ctx, bm, onError, tag) {
    const NodeClass = tag?.nodeClass ?? YAMLMap.YAMLMap;
    const map = new NodeClass(ctx.schema);
    if (ctx.atRoot)
        ctx.atRoot = false;
    let offset = bm.offset;
    let commentEnd = null;
    for (const collItem of bm.items) {
        const { start, key, sep, value } = collItem;
        const keyProps = resolveProps.resolveProps(start, {
            indicator: 'explicit-key-ind',
            next: key ?? sep?.[0],
            offset,
            onError,
            parentIndent: bm.indent,
            startOnNewline: true
        });
        const implicitKey = !keyProps.found;
        if (implicitKey) {
            if (key) {
                if (key.type === 'block-seq')
                    onError(offset, 'BLOCK_AS_IMPLICIT_KEY', 'A block sequence may not be used as an implicit map key');
                else if ('indent' in key && key.indent !== bm.indent)
                    onError(offset, 'BAD_INDENT', startColMsg);
            }
            if (!keyProps.anchor && !keyProps.tag && !sep) {
                commentEnd = keyProps.end;
                if (keyProps.comment) {
                    if (map.comment)
                        map.comment += '\n' + keyProps.comment;
                    else
                        map.comment = keyProps.comment;
                }
                continue;
            }
            if (keyProps.newlineAfterProp || utilContainsNewline.containsNewline(key)) {
                onError(key ?? start[start.length - 1], 'MULTILINE_IMPLICIT_KEY', 'Implicit keys need to be on a single line');
            }
        }
        else if (keyProps.found?.indent !== bm.indent) {
            onError(offset, 'BAD_INDENT', startColMsg);
        }
        ctx.atKey = true;
        const keyStart = keyProps.end;
        const keyNode = key
            ? composeNode(ctx, key, keyProps, onError)
            : composeEmptyNode(ctx, keyStart, start, null, keyProps, onError);
        if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bm.indent, key, onError);
        ctx.atKey = false;
        if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
            onError(keyStart, 'DUPLICATE_KEY', 'Map keys must be unique');
        const valueProps = resolveProps.resolveProps(sep ?? [], {
            indicator: 'map-value-ind',
            next: value,
            offset: keyNode.range[2],
            onError,
            parentIndent: bm.indent,
            startOnNewline: !key || key.type === 'block-scalar'
        });
        offset = valueProps.end;
        if (valueProps.found) {
            if (implicitKey) {
                if (value?.type === 'block-map' && !valueProps.hasNewline)
                    onError(offset, 'BLOCK_AS_IMPLICIT_KEY', 'Nested mappings are not allowed in compact mappings');
                if (ctx.options.strict &&
                    keyProps.start < valueProps.found.offset - 1024)
                    onError(keyNode.range, 'KEY_OVER_1024_CHARS', 'The : indicator must be at most 1024 chars after the start of an implicit block mapping key');
            }
            const valueNode = value
                ? composeNode(ctx, value, valueProps, onError)
                : composeEmptyNode(ctx, offset, sep, null, valueProps, onError);
            if (ctx.schema.compat)
                utilFlowIndentCheck.flowIndentCheck(bm.indent, value, onError);
            offset = valueNode.range[2];
            const pair = new Pair.Pair(keyNode, valueNode);
            if (ctx.options.keepSourceTokens)
                pair.srcToken = collItem;
            map.items.push(pair);
        }
        else {
            if (implicitKey)
                onError(keyNode.range, 'MISSING_CHAR', 'Implicit map keys need to be followed by map values');
            if (valueProps.comment) {
                if (keyNode.comment)
                    keyNode.comment += '\n' + valueProps.comment;
                else
                    keyNode.comment = valueProps.comment;
            }
            const pair = new Pair.Pair(keyNode);
            if (ctx.options.keepSourceTokens)
                pair.srcToken = collItem;
            map.items.push(pair);
        }
    }
    if (commentEnd && commentEnd < offset)
        onError(commentEnd, 'IMPOSSIBLE', 'Map comment with trailing content');
    map.range = [bm.offset, offset, commentEnd ?? offset];
    return map;
}

exports.resolveBlockMap = resolveBlockMap;


/***/ }),

/***/ 8913:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);

function resolveBlockScalar(ctx, scalar, onError) {
    const start = scalar.offset;
    const header = parseBlockScalarHeader(scalar, ctx.options.strict, onError);
    if (!header)
        return { value: '', type: null, comment: '', range: [start, start, start] };
    const type = header.mode === '>' ? Scalar.Scalar.BLOCK_FOLDED : Scalar.Scalar.BLOCK_LITERAL;
    const lines = scalar.source ? splitLines(scalar.source) : [];
    let chompStart = lines.length;
    for (let i = lines.length - 1; i >= 0; --i) {
        const content = lines[i][1];
        if (content === '' || content === '\r')
            chompStart = i;
        else
            break;
    }
    if (chompStart === 0) {
        const value = header.chomp === '+' && lines.length > 0
            ? '\n'.repeat(Math.max(1, lines.length - 1))
            : '';
        let end = start + header.length;
        if (scalar.source)
            end += scalar.source.length;
        return { value, type, comment: header.comment, range: [start, end, end] };
    }
    let trimIndent = scalar.indent + header.indent;
    let offset = scalar.offset + header.length;
    let contentStart = 0;
    for (let i = 0; i < chompStart; ++i) {
        const [indent, content] = lines[i];
        if (content === '' || content === '\r') {
            if (header.indent === 0 && indent.length > trimIndent)
                trimIndent = indent.length;
        }
        else {
            if (indent.length < trimIndent) {
                const message = 'Block scalars with more-indented leading empty lines must use an explicit indentation indicator';
                onError(offset + indent.length, 'MISSING_CHAR', message);
            }
            if (header.indent === 0)
                trimIndent = indent.length;
            contentStart = i;
            if (trimIndent === 0 && !ctx.atRoot) {
                const message = 'Block scalar values in collections must be indented';
                onError(offset, 'BAD_INDENT', message);
            }
            break;
        }
        offset += indent.length + content.length + 1;
    }
    for (let i = lines.length - 1; i >= chompStart; --i) {
        if (lines[i][0].length > trimIndent)
            chompStart = i + 1;
    }
    let value = '';
    let sep = '';
    let prevMoreIndented = false;
    for (let i = 0; i < contentStart; ++i)
        value += lines[i][0].slice(trimIndent) + '\n';
    for (let i = contentStart; i < chompStart; ++i) {
        let [indent, content] = lines[i];
        offset += indent.length + content.length + 1;
        const crlf = content[content.length - 1] === '\r';
        if (crlf)
            content = content.slice(0, -1);
        if (content && indent.length < trimIndent) {
            const src = header.indent
                ? 'explicit indentation indicator'
                : 'first line';
            const message = `Block scalar lines must not be less indented than their ${src}`;
            onError(offset - content.length - (crlf ? 2 : 1), 'BAD_INDENT', message);
            indent = '';
        }
        if (type === Scalar.Scalar.BLOCK_LITERAL) {
            value += sep + indent.slice(trimIndent) + content;
            sep = '\n';
        }
        else if (indent.length > trimIndent || content[0] === '\t') {
            if (sep === ' ')
                sep = '\n';
            else if (!prevMoreIndented && sep === '\n')
                sep = '\n\n';
            value += sep + indent.slice(trimIndent) + content;
            sep = '\n';
            prevMoreIndented = true;
        }
        else if (content === '') {
            if (sep === '\n')
                value += '\n';
            else
                sep = '\n';
        }
        else {
            value += sep + content;
            sep = ' ';
            prevMoreIndented = false;
        }
    }
    switch (header.chomp) {
        case '-':
            break;
        case '+':
            for (let i = chompStart; i < lines.length; ++i)
                value += '\n' + lines[i][0].slice(trimIndent);
            if (value[value.length - 1] !== '\n')
                value += '\n';
            break;
        default:
            value += '\n';
    }
    const end = start + header.length + scalar.source.length;
    return { value, type, comment: header.comment, range: [start, end, end] };
}
function parseBlockScalarHeader({ offset, props }, strict, onError) {
    if (props[0].type !== 'block-scalar-header') {
        onError(props[0], 'IMPOSSIBLE', 'Block scalar header not found');
        return null;
    }
    const { source } = props[0];
    const mode = source[0];
    let indent = 0;
    let chomp = '';
    let error = -1;
    for (let i = 1; i < source.length; ++i) {
        const ch = source[i];
        if (!chomp && (ch === '-' || ch === '+'))
            chomp = ch;
        else {
            const n = Number(ch);
            if (!indent && n)
                indent = n;
            else if (error === -1)
                error = offset + i;
        }
    }
    if (error !== -1)
        onError(error, 'UNEXPECTED_TOKEN', `Block scalar header includes extra characters: ${source}`);
    let hasSpace = false;
    let comment = '';
    let length = source.length;
    for (let i = 1; i < props.length; ++i) {
        const token = props[i];
        switch (token.type) {
            case 'space':
                hasSpace = true;
            case 'newline':
                length += token.source.length;
                break;
            case 'comment':
                if (strict && !hasSpace) {
                    const message = 'Comments must be separated from other tokens by white space characters';
                    onError(token, 'MISSING_CHAR', message);
                }
                length += token.source.length;
                comment = token.source.substring(1);
                break;
            case 'error':
                onError(token, 'UNEXPECTED_TOKEN', token.message);
                length += token.source.length;
                break;
            default: {
                const message = `Unexpected token in block scalar header: ${token.type}`;
                onError(token, 'UNEXPECTED_TOKEN', message);
                const ts = token.source;
                if (ts && typeof ts === 'string')
                    length += ts.length;
            }
        }
    }
    return { mode, indent, chomp, comment, length };
}
function splitLines(source) {
    const split = source.split(/\n( *)/);
    const first = split[0];
    const m = first.match(/^( *)/);
    const line0 = m?.[1]
        ? [m[1], first.slice(m[1].length)]
        : ['', first];
    const lines = [line0];
    for (let i = 1; i < split.length; i += 2)
        lines.push([split[i], split[i + 1]]);
    return lines;
}

exports.resolveBlockScalar = resolveBlockScalar;


/***/ }),

/***/ 334:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var YAMLSeq = __nccwpck_require__(2223);
var resolveProps = __nccwpck_require__(4631);
var utilFlowIndentCheck = __nccwpck_require__(4051);

function resolveBlockSeq({ composeNode, composeEmptyNode }, ctx, bs, onError, tag) {
    const NodeClass = tag?.nodeClass ?? YAMLSeq.YAMLSeq;
    const seq = new NodeClass(ctx.schema);
    if (ctx.atRoot)
        ctx.atRoot = false;
    if (ctx.atKey)
        ctx.atKey = false;
    let offset = bs.offset;
    let commentEnd = null;
    for (const { start, value } of bs.items) {
        const props = resolveProps.resolveProps(start, {
            indicator: 'seq-item-ind',
            next: value,
            offset,
            onError,
            parentIndent: bs.indent,
            startOnNewline: true
        });
        if (!props.found) {
            if (props.anchor || props.tag || value) {
                if (value?.type === 'block-seq')
                    onError(props.end, 'BAD_INDENT', 'All sequence items must start at the same column');
                else
                    onError(offset, 'MISSING_CHAR', 'Sequence item without - indicator');
            }
            else {
                commentEnd = props.end;
                if (props.comment)
                    seq.comment = props.comment;
                continue;
            }
        }
        const node = value
            ? composeNode(ctx, value, props, onError)
            : composeEmptyNode(ctx, props.end, start, null, props, onError);
        if (ctx.schema.compat)
            utilFlowIndentCheck.flowIndentCheck(bs.indent, value, onError);
        offset = node.range[2];
        seq.items.push(node);
    }
    seq.range = [bs.offset, offset, commentEnd ?? offset];
    return seq;
}

exports.resolveBlockSeq = resolveBlockSeq;


/***/ }),

/***/ 7788:
/***/ ((__unused_webpack_module, exports) => {



function resolveEnd(end, offset, reqSpace, onError) {
    let comment = '';
    if (end) {
        let hasSpace = false;
        let sep = '';
        for (const token of end) {
            const { source, type } = token;
            switch (type) {
                case 'space':
                    hasSpace = true;
                    break;
                case 'comment': {
                    if (reqSpace && !hasSpace)
                        onError(token, 'MISSING_CHAR', 'Comments must be separated from other tokens by white space characters');
                    const cb = source.substring(1) || ' ';
                    if (!comment)
                        comment = cb;
                    else
                        comment += sep + cb;
                    sep = '';
                    break;
                }
                case 'newline':
                    if (comment)
                        sep += source;
                    hasSpace = true;
                    break;
                default:
                    onError(token, 'UNEXPECTED_TOKEN', `Unexpected ${type} at node end`);
            }
            offset += source.length;
        }
    }
    return { comment, offset };
}

exports.resolveEnd = resolveEnd;


/***/ }),

/***/ 3142:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var YAMLMap = __nccwpck_require__(4454);
var YAMLSeq = __nccwpck_require__(2223);
var resolveEnd = __nccwpck_require__(7788);
var resolveProps = __nccwpck_require__(4631);
var utilContainsNewline = __nccwpck_require__(9499);
var utilMapIncludes = __nccwpck_require__(1187);

const blockMsg = 'Block collections are not allowed within flow collections';
const isBlock = (token) => token && (token.type === 'block-map' || token.type === 'block-seq');
function resolveFlowCollection({ composeNode, composeEmptyNode }, ctx, fc, onError, tag) {
    const isMap = fc.start.source === '{';
    const fcName = isMap ? 'flow map' : 'flow sequence';
    const NodeClass = (tag?.nodeClass ?? (isMap ? YAMLMap.YAMLMap : YAMLSeq.YAMLSeq));
    const coll = new NodeClass(ctx.schema);
    coll.flow = true;
    const atRoot = ctx.atRoot;
    if (atRoot)
        ctx.atRoot = false;
    if (ctx.atKey)
        ctx.atKey = false;
    let offset = fc.offset + fc.start.source.length;
    for (let i = 0; i < fc.items.length; ++i) {
        const collItem = fc.items[i];
        const { start, key, sep, value } = collItem;
        const props = resolveProps.resolveProps(start, {
            flow: fcName,
            indicator: 'explicit-key-ind',
            next: key ?? sep?.[0],
            offset,
            onError,
            parentIndent: fc.indent,
            startOnNewline: false
        });
        if (!props.found) {
            if (!props.anchor && !props.tag && !sep && !value) {
                if (i === 0 && props.comma)
                    onError(props.comma, 'UNEXPECTED_TOKEN', `Unexpected , in ${fcName}`);
                else if (i < fc.items.length - 1)
                    onError(props.start, 'UNEXPECTED_TOKEN', `Unexpected empty item in ${fcName}`);
                if (props.comment) {
                    if (coll.comment)
                        coll.comment += '\n' + props.comment;
                    else
                        coll.comment = props.comment;
                }
                offset = props.end;
                continue;
            }
            if (!isMap && ctx.options.strict && utilContainsNewline.containsNewline(key))
                onError(key, // checked by containsNewline()
                'MULTILINE_IMPLICIT_KEY', 'Implicit keys of flow sequence pairs need to be on a single line');
        }
        if (i === 0) {
            if (props.comma)
                onError(props.comma, 'UNEXPECTED_TOKEN', `Unexpected , in ${fcName}`);
        }
        else {
            if (!props.comma)
                onError(props.start, 'MISSING_CHAR', `Missing , between ${fcName} items`);
            if (props.comment) {
                let prevItemComment = '';
                loop: for (const st of start) {
                    switch (st.type) {
                        case 'comma':
                        case 'space':
                            break;
                        case 'comment':
                            prevItemComment = st.source.substring(1);
                            break loop;
                        default:
                            break loop;
                    }
                }
                if (prevItemComment) {
                    let prev = coll.items[coll.items.length - 1];
                    if (identity.isPair(prev))
                        prev = prev.value ?? prev.key;
                    if (prev.comment)
                        prev.comment += '\n' + prevItemComment;
                    else
                        prev.comment = prevItemComment;
                    props.comment = props.comment.substring(prevItemComment.length + 1);
                }
            }
        }
        if (!isMap && !sep && !props.found) {
            const valueNode = value
                ? composeNode(ctx, value, props, onError)
                : composeEmptyNode(ctx, props.end, sep, null, props, onError);
            coll.items.push(valueNode);
            offset = valueNode.range[2];
            if (isBlock(value))
                onError(valueNode.range, 'BLOCK_IN_FLOW', blockMsg);
        }
        else {
            ctx.atKey = true;
            const keyStart = props.end;
            const keyNode = key
                ? composeNode(ctx, key, props, onError)
                : composeEmptyNode(ctx, keyStart, start, null, props, onError);
            if (isBlock(key))
                onError(keyNode.range, 'BLOCK_IN_FLOW', blockMsg);
            ctx.atKey = false;
            const valueProps = resolveProps.resolveProps(sep ?? [], {
                flow: fcName,
                indicator: 'map-value-ind',
                next: value,
                offset: keyNode.range[2],
                onError,
                parentIndent: fc.indent,
                startOnNewline: false
            });
            if (valueProps.found) {
                if (!isMap && !props.found && ctx.options.strict) {
                    if (sep)
                        for (const st of sep) {
                            if (st === valueProps.found)
                                break;
                            if (st.type === 'newline') {
                                onError(st, 'MULTILINE_IMPLICIT_KEY', 'Implicit keys of flow sequence pairs need to be on a single line');
                                break;
                            }
                        }
                    if (props.start < valueProps.found.offset - 1024)
                        onError(valueProps.found, 'KEY_OVER_1024_CHARS', 'The : indicator must be at most 1024 chars after the start of an implicit flow sequence key');
                }
            }
            else if (value) {
                if ('source' in value && value.source?.[0] === ':')
                    onError(value, 'MISSING_CHAR', `Missing space after : in ${fcName}`);
                else
                    onError(valueProps.start, 'MISSING_CHAR', `Missing , or : between ${fcName} items`);
            }
            const valueNode = value
                ? composeNode(ctx, value, valueProps, onError)
                : valueProps.found
                    ? composeEmptyNode(ctx, valueProps.end, sep, null, valueProps, onError)
                    : null;
            if (valueNode) {
                if (isBlock(value))
                    onError(valueNode.range, 'BLOCK_IN_FLOW', blockMsg);
            }
            else if (valueProps.comment) {
                if (keyNode.comment)
                    keyNode.comment += '\n' + valueProps.comment;
                else
                    keyNode.comment = valueProps.comment;
            }
            const pair = new Pair.Pair(keyNode, valueNode);
            if (ctx.options.keepSourceTokens)
                pair.srcToken = collItem;
            if (isMap) {
                const map = coll;
                if (utilMapIncludes.mapIncludes(ctx, map.items, keyNode))
                    onError(keyStart, 'DUPLICATE_KEY', 'Map keys must be unique');
                map.items.push(pair);
            }
            else {
                const map = new YAMLMap.YAMLMap(ctx.schema);
                map.flow = true;
                map.items.push(pair);
                const endRange = (valueNode ?? keyNode).range;
                map.range = [keyNode.range[0], endRange[1], endRange[2]];
                coll.items.push(map);
            }
            offset = valueNode ? valueNode.range[2] : valueProps.end;
        }
    }
    const expectedEnd = isMap ? '}' : ']';
    const [ce, ...ee] = fc.end;
    let cePos = offset;
    if (ce?.source === expectedEnd)
        cePos = ce.offset + ce.source.length;
    else {
        const name = fcName[0].toUpperCase() + fcName.substring(1);
        const msg = atRoot
            ? `${name} must end with a ${expectedEnd}`
            : `${name} in block collection must be sufficiently indented and end with a ${expectedEnd}`;
        onError(offset, atRoot ? 'MISSING_CHAR' : 'BAD_INDENT', msg);
        if (ce && ce.source.length !== 1)
            ee.unshift(ce);
    }
    if (ee.length > 0) {
        const end = resolveEnd.resolveEnd(ee, cePos, ctx.options.strict, onError);
        if (end.comment) {
            if (coll.comment)
                coll.comment += '\n' + end.comment;
            else
                coll.comment = end.comment;
        }
        coll.range = [fc.offset, cePos, end.offset];
    }
    else {
        coll.range = [fc.offset, cePos, cePos];
    }
    return coll;
}

exports.resolveFlowCollection = resolveFlowCollection;


/***/ }),

/***/ 6842:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var resolveEnd = __nccwpck_require__(7788);

function resolveFlowScalar(scalar, strict, onError) {
    const { offset, type, source, end } = scalar;
    let _type;
    let value;
    const _onError = (rel, code, msg) => onError(offset + rel, code, msg);
    switch (type) {
        case 'scalar':
            _type = Scalar.Scalar.PLAIN;
            value = plainValue(source, _onError);
            break;
        case 'single-quoted-scalar':
            _type = Scalar.Scalar.QUOTE_SINGLE;
            value = singleQuotedValue(source, _onError);
            break;
        case 'double-quoted-scalar':
            _type = Scalar.Scalar.QUOTE_DOUBLE;
            value = doubleQuotedValue(source, _onError);
            break;
        default:
            onError(scalar, 'UNEXPECTED_TOKEN', `Expected a flow scalar value, but found: ${type}`);
            return {
                value: '',
                type: null,
                comment: '',
                range: [offset, offset + source.length, offset + source.length]
            };
    }
    const valueEnd = offset + source.length;
    const re = resolveEnd.resolveEnd(end, valueEnd, strict, onError);
    return {
        value,
        type: _type,
        comment: re.comment,
        range: [offset, valueEnd, re.offset]
    };
}
function plainValue(source, onError) {
    let badChar = '';
    switch (source[0]) {
        case '\t':
            badChar = 'a tab character';
            break;
        case ',':
            badChar = 'flow indicator character ,';
            break;
        case '%':
            badChar = 'directive indicator character %';
            break;
        case '|':
        case '>': {
            badChar = `block scalar indicator ${source[0]}`;
            break;
        }
        case '@':
        case '`': {
            badChar = `reserved character ${source[0]}`;
            break;
        }
    }
    if (badChar)
        onError(0, 'BAD_SCALAR_START', `Plain value cannot start with ${badChar}`);
    return unfoldLines(source);
}
function singleQuotedValue(source, onError) {
    if (source[source.length - 1] !== "'" || source.length === 1)
        onError(source.length, 'MISSING_CHAR', "Missing closing 'quote");
    return unfoldLines(source.slice(1, -1)).replace(/''/g, "'");
}
function unfoldLines(source) {
    const line = /(.*?)\r?\n/sy;
    let match = line.exec(source);
    if (!match)
        return source;
    let trimEnd, trimBoth;
    try {
        trimEnd = new RegExp('(?<![ \t])[ \t]+$');
        trimBoth = new RegExp('^[ \t]+|(?<![ \t])[ \t]+$', 'g');
    }
    catch {
        trimEnd = /[ \t]+$/;
        trimBoth = /^[ \t]+|[ \t]+$/g;
    }
    let res = match[1].replace(trimEnd, '');
    let sep = ' ';
    let pos = line.lastIndex;
    while ((match = line.exec(source))) {
        const lm = match[1].replace(trimBoth, '');
        if (lm === '') {
            if (sep === '\n')
                res += sep;
            else
                sep = '\n';
        }
        else {
            res += sep + lm;
            sep = ' ';
        }
        pos = line.lastIndex;
    }
    const last = /[ \t]*(.*)/sy;
    last.lastIndex = pos;
    match = last.exec(source);
    return res + sep + (match?.[1] ?? '');
}
function doubleQuotedValue(source, onError) {
    let res = '';
    for (let i = 1; i < source.length - 1; ++i) {
        const ch = source[i];
        if (ch === '\r' && source[i + 1] === '\n')
            continue;
        if (ch === '\n') {
            const { fold, offset } = foldNewline(source, i);
            res += fold;
            i = offset;
        }
        else if (ch === '\\') {
            let next = source[++i];
            const cc = escapeCodes[next];
            if (cc)
                res += cc;
            else if (next === '\n') {
                next = source[i + 1];
                while (next === ' ' || next === '\t')
                    next = source[++i + 1];
            }
            else if (next === '\r' && source[i + 1] === '\n') {
                next = source[++i + 1];
                while (next === ' ' || next === '\t')
                    next = source[++i + 1];
            }
            else if (next === 'x' || next === 'u' || next === 'U') {
                const length = next === 'x' ? 2 : next === 'u' ? 4 : 8;
                res += parseCharCode(source, i + 1, length, onError);
                i += length;
            }
            else {
                const raw = source.substr(i - 1, 2);
                onError(i - 1, 'BAD_DQ_ESCAPE', `Invalid escape sequence ${raw}`);
                res += raw;
            }
        }
        else if (ch === ' ' || ch === '\t') {
            const wsStart = i;
            let next = source[i + 1];
            while (next === ' ' || next === '\t')
                next = source[++i + 1];
            if (next !== '\n' && !(next === '\r' && source[i + 2] === '\n'))
                res += i > wsStart ? source.slice(wsStart, i + 1) : ch;
        }
        else {
            res += ch;
        }
    }
    if (source[source.length - 1] !== '"' || source.length === 1)
        onError(source.length, 'MISSING_CHAR', 'Missing closing "quote');
    return res;
}
function foldNewline(source, offset) {
    let fold = '';
    let ch = source[offset + 1];
    while (ch === ' ' || ch === '\t' || ch === '\n' || ch === '\r') {
        if (ch === '\r' && source[offset + 2] !== '\n')
            break;
        if (ch === '\n')
            fold += '\n';
        offset += 1;
        ch = source[offset + 1];
    }
    if (!fold)
        fold = ' ';
    return { fold, offset };
}
const escapeCodes = {
    '0': '\0', // null character
    a: '\x07', // bell character
    b: '\b', // backspace
    e: '\x1b', // escape character
    f: '\f', // form feed
    n: '\n', // line feed
    r: '\r', // carriage return
    t: '\t', // horizontal tab
    v: '\v', // vertical tab
    N: '\u0085', // Unicode next line
    _: '\u00a0', // Unicode non-breaking space
    L: '\u2028', // Unicode line separator
    P: '\u2029', // Unicode paragraph separator
    ' ': ' ',
    '"': '"',
    '/': '/',
    '\\': '\\',
    '\t': '\t'
};
function parseCharCode(source, offset, length, onError) {
    const cc = source.substr(offset, length);
    const ok = cc.length === length && /^[0-9a-fA-F]+$/.test(cc);
    const code = ok ? parseInt(cc, 16) : NaN;
    try {
        return String.fromCodePoint(code);
    }
    catch {
        const raw = source.substr(offset - 2, length + 2);
        onError(offset - 2, 'BAD_DQ_ESCAPE', `Invalid escape sequence ${raw}`);
        return raw;
    }
}

exports.resolveFlowScalar = resolveFlowScalar;


/***/ }),

/***/ 4631:
/***/ ((__unused_webpack_module, exports) => {



function resolveProps(tokens, { flow, indicator, next, offset, onError, parentIndent, startOnNewline }) {
    let spaceBefore = false;
    let atNewline = startOnNewline;
    let hasSpace = startOnNewline;
    let comment = '';
    let commentSep = '';
    let hasNewline = false;
    let reqSpace = false;
    let tab = null;
    let anchor = null;
    let tag = null;
    let newlineAfterProp = null;
    let comma = null;
    let found = null;
    let start = null;
    for (const token of tokens) {
        if (reqSpace) {
            if (token.type !== 'space' &&
                token.type !== 'newline' &&
                token.type !== 'comma')
                onError(token.offset, 'MISSING_CHAR', 'Tags and anchors must be separated from the next token by white space');
            reqSpace = false;
        }
        if (tab) {
            if (atNewline && token.type !== 'comment' && token.type !== 'newline') {
                onError(tab, 'TAB_AS_INDENT', 'Tabs are not allowed as indentation');
            }
            tab = null;
        }
        switch (token.type) {
            case 'space':
                if (!flow &&
                    (indicator !== 'doc-start' || next?.type !== 'flow-collection') &&
                    token.source.includes('\t')) {
                    tab = token;
                }
                hasSpace = true;
                break;
            case 'comment': {
                if (!hasSpace)
                    onError(token, 'MISSING_CHAR', 'Comments must be separated from other tokens by white space characters');
                const cb = token.source.substring(1) || ' ';
                if (!comment)
                    comment = cb;
                else
                    comment += commentSep + cb;
                commentSep = '';
                atNewline = false;
                break;
            }
            case 'newline':
                if (atNewline) {
                    if (comment)
                        comment += token.source;
                    else if (!found || indicator !== 'seq-item-ind')
                        spaceBefore = true;
                }
                else
                    commentSep += token.source;
                atNewline = true;
                hasNewline = true;
                if (anchor || tag)
                    newlineAfterProp = token;
                hasSpace = true;
                break;
            case 'anchor':
                if (anchor)
                    onError(token, 'MULTIPLE_ANCHORS', 'A node can have at most one anchor');
                if (token.source.endsWith(':'))
                    onError(token.offset + token.source.length - 1, 'BAD_ALIAS', 'Anchor ending in : is ambiguous', true);
                anchor = token;
                start ?? (start = token.offset);
                atNewline = false;
                hasSpace = false;
                reqSpace = true;
                break;
            case 'tag': {
                if (tag)
                    onError(token, 'MULTIPLE_TAGS', 'A node can have at most one tag');
                tag = token;
                start ?? (start = token.offset);
                atNewline = false;
                hasSpace = false;
                reqSpace = true;
                break;
            }
            case indicator:
                if (anchor || tag)
                    onError(token, 'BAD_PROP_ORDER', `Anchors and tags must be after the ${token.source} indicator`);
                if (found)
                    onError(token, 'UNEXPECTED_TOKEN', `Unexpected ${token.source} in ${flow ?? 'collection'}`);
                found = token;
                atNewline =
                    indicator === 'seq-item-ind' || indicator === 'explicit-key-ind';
                hasSpace = false;
                break;
            case 'comma':
                if (flow) {
                    if (comma)
                        onError(token, 'UNEXPECTED_TOKEN', `Unexpected , in ${flow}`);
                    comma = token;
                    atNewline = false;
                    hasSpace = false;
                    break;
                }
            default:
                onError(token, 'UNEXPECTED_TOKEN', `Unexpected ${token.type} token`);
                atNewline = false;
                hasSpace = false;
        }
    }
    const last = tokens[tokens.length - 1];
    const end = last ? last.offset + last.source.length : offset;
    if (reqSpace &&
        next &&
        next.type !== 'space' &&
        next.type !== 'newline' &&
        next.type !== 'comma' &&
        (next.type !== 'scalar' || next.source !== '')) {
        onError(next.offset, 'MISSING_CHAR', 'Tags and anchors must be separated from the next token by white space');
    }
    if (tab &&
        ((atNewline && tab.indent <= parentIndent) ||
            next?.type === 'block-map' ||
            next?.type === 'block-seq'))
        onError(tab, 'TAB_AS_INDENT', 'Tabs are not allowed as indentation');
    return {
        comma,
        found,
        spaceBefore,
        comment,
        hasNewline,
        anchor,
        tag,
        newlineAfterProp,
        end,
        start: start ?? end
    };
}

exports.resolveProps = resolveProps;


/***/ }),

/***/ 9499:
/***/ ((__unused_webpack_module, exports) => {



function containsNewline(key) {
    if (!key)
        return null;
    switch (key.type) {
        case 'alias':
        case 'scalar':
        case 'double-quoted-scalar':
        case 'single-quoted-scalar':
            if (key.source.includes('\n'))
                return true;
            if (key.end)
                for (const st of key.end)
                    if (st.type === 'newline')
                        return true;
            return false;
        case 'flow-collection':
            for (const it of key.items) {
                for (const st of it.start)
                    if (st.type === 'newline')
                        return true;
                if (it.sep)
                    for (const st of it.sep)
                        if (st.type === 'newline')
                            return true;
                if (containsNewline(it.key) || containsNewline(it.value))
                    return true;
            }
            return false;
        default:
            return true;
    }
}

exports.containsNewline = containsNewline;


/***/ }),

/***/ 2599:
/***/ ((__unused_webpack_module, exports) => {



function emptyScalarPosition(offset, before, pos) {
    if (before) {
        pos ?? (pos = before.length);
        for (let i = pos - 1; i >= 0; --i) {
            let st = before[i];
            switch (st.type) {
                case 'space':
                case 'comment':
                case 'newline':
                    offset -= st.source.length;
                    continue;
            }
            st = before[++i];
            while (st?.type === 'space') {
                offset += st.source.length;
                st = before[++i];
            }
            break;
        }
    }
    return offset;
}

exports.emptyScalarPosition = emptyScalarPosition;


/***/ }),

/***/ 4051:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var utilContainsNewline = __nccwpck_require__(9499);

function flowIndentCheck(indent, fc, onError) {
    if (fc?.type === 'flow-collection') {
        const end = fc.end[0];
        if (end.indent === indent &&
            (end.source === ']' || end.source === '}') &&
            utilContainsNewline.containsNewline(fc)) {
            const msg = 'Flow end indicator should be more indented than parent';
            onError(end, 'BAD_INDENT', msg, true);
        }
    }
}

exports.flowIndentCheck = flowIndentCheck;


/***/ }),

/***/ 1187:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);

function mapIncludes(ctx, items, search) {
    const { uniqueKeys } = ctx.options;
    if (uniqueKeys === false)
        return false;
    const isEqual = typeof uniqueKeys === 'function'
        ? uniqueKeys
        : (a, b) => a === b || (identity.isScalar(a) && identity.isScalar(b) && a.value === b.value);
    return items.some(pair => isEqual(pair.key, search));
}

exports.mapIncludes = mapIncludes;


/***/ }),

/***/ 3021:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Alias = __nccwpck_require__(4065);
var Collection = __nccwpck_require__(101);
var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var toJS = __nccwpck_require__(4043);
var Schema = __nccwpck_require__(5840);
var stringifyDocument = __nccwpck_require__(6829);
var anchors = __nccwpck_require__(1596);
var applyReviver = __nccwpck_require__(3661);
var createNode = __nccwpck_require__(2404);
var directives = __nccwpck_require__(1342);

class Document {
    constructor(value, replacer, options) {
        this.commentBefore = null;
        this.comment = null;
        this.errors = [];
        this.warnings = [];
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.DOC });
        let _replacer = null;
        if (typeof replacer === 'function' || Array.isArray(replacer)) {
            _replacer = replacer;
        }
        else if (options === undefined && replacer) {
            options = replacer;
            replacer = undefined;
        }
        const opt = Object.assign({
            intAsBigInt: false,
            keepSourceTokens: false,
            logLevel: 'warn',
            prettyErrors: true,
            strict: true,
            stringKeys: false,
            uniqueKeys: true,
            version: '1.2'
        }, options);
        this.options = opt;
        let { version } = opt;
        if (options?._directives) {
            this.directives = options._directives.atDocument();
            if (this.directives.yaml.explicit)
                version = this.directives.yaml.version;
        }
        else
            this.directives = new directives.Directives({ version });
        this.setSchema(version, options);
        this.contents =
            value === undefined ? null : this.createNode(value, _replacer, options);
    }
    clone() {
        const copy = Object.create(Document.prototype, {
            [identity.NODE_TYPE]: { value: identity.DOC }
        });
        copy.commentBefore = this.commentBefore;
        copy.comment = this.comment;
        copy.errors = this.errors.slice();
        copy.warnings = this.warnings.slice();
        copy.options = Object.assign({}, this.options);
        if (this.directives)
            copy.directives = this.directives.clone();
        copy.schema = this.schema.clone();
        copy.contents = identity.isNode(this.contents)
            ? this.contents.clone(copy.schema)
            : this.contents;
        if (this.range)
            copy.range = this.range.slice();
        return copy;
    }
    add(value) {
        if (assertCollection(this.contents))
            this.contents.add(value);
    }
    addIn(path, value) {
        if (assertCollection(this.contents))
            this.contents.addIn(path, value);
    }
    createAlias(node, name) {
        if (!node.anchor) {
            const prev = anchors.anchorNames(this);
            node.anchor =
                !name || prev.has(name) ? anchors.findNewAnchor(name || 'a', prev) : name;
        }
        return new Alias.Alias(node.anchor);
    }
    createNode(value, replacer, options) {
        let _replacer = undefined;
        if (typeof replacer === 'function') {
            value = replacer.call({ '': value }, '', value);
            _replacer = replacer;
        }
        else if (Array.isArray(replacer)) {
            const keyToStr = (v) => typeof v === 'number' || v instanceof String || v instanceof Number;
            const asStr = replacer.filter(keyToStr).map(String);
            if (asStr.length > 0)
                replacer = replacer.concat(asStr);
            _replacer = replacer;
        }
        else if (options === undefined && replacer) {
            options = replacer;
            replacer = undefined;
        }
        const { aliasDuplicateObjects, anchorPrefix, flow, keepUndefined, onTagObj, tag } = options ?? {};
        const { onAnchor, setAnchors, sourceObjects } = anchors.createNodeAnchors(this, 
        anchorPrefix || 'a');
        const ctx = {
            aliasDuplicateObjects: aliasDuplicateObjects ?? true,
            keepUndefined: keepUndefined ?? false,
            onAnchor,
            onTagObj,
            replacer: _replacer,
            schema: this.schema,
            sourceObjects
        };
        const node = createNode.createNode(value, tag, ctx);
        if (flow && identity.isCollection(node))
            node.flow = true;
        setAnchors();
        return node;
    }
    createPair(key, value, options = {}) {
        const k = this.createNode(key, null, options);
        const v = this.createNode(value, null, options);
        return new Pair.Pair(k, v);
    }
    delete(key) {
        return assertCollection(this.contents) ? this.contents.delete(key) : false;
    }
    deleteIn(path) {
        if (Collection.isEmptyPath(path)) {
            if (this.contents == null)
                return false;
            this.contents = null;
            return true;
        }
        return assertCollection(this.contents)
            ? this.contents.deleteIn(path)
            : false;
    }
    get(key, keepScalar) {
        return identity.isCollection(this.contents)
            ? this.contents.get(key, keepScalar)
            : undefined;
    }
    getIn(path, keepScalar) {
        if (Collection.isEmptyPath(path))
            return !keepScalar && identity.isScalar(this.contents)
                ? this.contents.value
                : this.contents;
        return identity.isCollection(this.contents)
            ? this.contents.getIn(path, keepScalar)
            : undefined;
    }
    has(key) {
        return identity.isCollection(this.contents) ? this.contents.has(key) : false;
    }
    hasIn(path) {
        if (Collection.isEmptyPath(path))
            return this.contents !== undefined;
        return identity.isCollection(this.contents) ? this.contents.hasIn(path) : false;
    }
    set(key, value) {
        if (this.contents == null) {
            this.contents = Collection.collectionFromPath(this.schema, [key], value);
        }
        else if (assertCollection(this.contents)) {
            this.contents.set(key, value);
        }
    }
    setIn(path, value) {
        if (Collection.isEmptyPath(path)) {
            this.contents = value;
        }
        else if (this.contents == null) {
            this.contents = Collection.collectionFromPath(this.schema, Array.from(path), value);
        }
        else if (assertCollection(this.contents)) {
            this.contents.setIn(path, value);
        }
    }
    setSchema(version, options = {}) {
        if (typeof version === 'number')
            version = String(version);
        let opt;
        switch (version) {
            case '1.1':
                if (this.directives)
                    this.directives.yaml.version = '1.1';
                else
                    this.directives = new directives.Directives({ version: '1.1' });
                opt = { resolveKnownTags: false, schema: 'yaml-1.1' };
                break;
            case '1.2':
            case 'next':
                if (this.directives)
                    this.directives.yaml.version = version;
                else
                    this.directives = new directives.Directives({ version });
                opt = { resolveKnownTags: true, schema: 'core' };
                break;
            case null:
                if (this.directives)
                    delete this.directives;
                opt = null;
                break;
            default: {
                const sv = JSON.stringify(version);
                throw new Error(`Expected '1.1', '1.2' or null as first argument, but found: ${sv}`);
            }
        }
        if (options.schema instanceof Object)
            this.schema = options.schema;
        else if (opt)
            this.schema = new Schema.Schema(Object.assign(opt, options));
        else
            throw new Error(`With a null YAML version, the { schema: Schema } option is required`);
    }
    toJS({ json, jsonArg, mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        const ctx = {
            anchors: new Map(),
            doc: this,
            keep: !json,
            mapAsMap: mapAsMap === true,
            mapKeyWarned: false,
            maxAliasCount: typeof maxAliasCount === 'number' ? maxAliasCount : 100
        };
        const res = toJS.toJS(this.contents, jsonArg ?? '', ctx);
        if (typeof onAnchor === 'function')
            for (const { count, res } of ctx.anchors.values())
                onAnchor(res, count);
        return typeof reviver === 'function'
            ? applyReviver.applyReviver(reviver, { '': res }, '', res)
            : res;
    }
    toJSON(jsonArg, onAnchor) {
        return this.toJS({ json: true, jsonArg, mapAsMap: false, onAnchor });
    }
    toString(options = {}) {
        if (this.errors.length > 0)
            throw new Error('Document with errors cannot be stringified');
        if ('indent' in options &&
            (!Number.isInteger(options.indent) || Number(options.indent) <= 0)) {
            const s = JSON.stringify(options.indent);
            throw new Error(`"indent" option must be a positive integer, not ${s}`);
        }
        return stringifyDocument.stringifyDocument(this, options);
    }
}
function assertCollection(contents) {
    if (identity.isCollection(contents))
        return true;
    throw new Error('Expected a YAML collection as document contents');
}

exports.Document = Document;


/***/ }),

/***/ 1596:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var visit = __nccwpck_require__(204);

function anchorIsValid(anchor) {
    if (/[\x00-\x19\s,[\]{}]/.test(anchor)) {
        const sa = JSON.stringify(anchor);
        const msg = `Anchor must not contain whitespace or control characters: ${sa}`;
        throw new Error(msg);
    }
    return true;
}
function anchorNames(root) {
    const anchors = new Set();
    visit.visit(root, {
        Value(_key, node) {
            if (node.anchor)
                anchors.add(node.anchor);
        }
    });
    return anchors;
}
function findNewAnchor(prefix, exclude) {
    for (let i = 1; true; ++i) {
        const name = `${prefix}${i}`;
        if (!exclude.has(name))
            return name;
    }
}
function createNodeAnchors(doc, prefix) {
    const aliasObjects = [];
    const sourceObjects = new Map();
    let prevAnchors = null;
    return {
        onAnchor: (source) => {
            aliasObjects.push(source);
            prevAnchors ?? (prevAnchors = anchorNames(doc));
            const anchor = findNewAnchor(prefix, prevAnchors);
            prevAnchors.add(anchor);
            return anchor;
        },
        setAnchors: () => {
            for (const source of aliasObjects) {
                const ref = sourceObjects.get(source);
                if (typeof ref === 'object' &&
                    ref.anchor &&
                    (identity.isScalar(ref.node) || identity.isCollection(ref.node))) {
                    ref.node.anchor = ref.anchor;
                }
                else {
                    const error = new Error('Failed to resolve repeated object (this should not happen)');
                    error.source = source;
                    throw error;
                }
            }
        },
        sourceObjects
    };
}

exports.anchorIsValid = anchorIsValid;
exports.anchorNames = anchorNames;
exports.createNodeAnchors = createNodeAnchors;
exports.findNewAnchor = findNewAnchor;


/***/ }),

/***/ 3661:
/***/ ((__unused_webpack_module, exports) => {



function applyReviver(reviver, obj, key, val) {
    if (val && typeof val === 'object') {
        if (Array.isArray(val)) {
            for (let i = 0, len = val.length; i < len; ++i) {
                const v0 = val[i];
                const v1 = applyReviver(reviver, val, String(i), v0);
                if (v1 === undefined)
                    delete val[i];
                else if (v1 !== v0)
                    val[i] = v1;
            }
        }
        else if (val instanceof Map) {
            for (const k of Array.from(val.keys())) {
                const v0 = val.get(k);
                const v1 = applyReviver(reviver, val, k, v0);
                if (v1 === undefined)
                    val.delete(k);
                else if (v1 !== v0)
                    val.set(k, v1);
            }
        }
        else if (val instanceof Set) {
            for (const v0 of Array.from(val)) {
                const v1 = applyReviver(reviver, val, v0, v0);
                if (v1 === undefined)
                    val.delete(v0);
                else if (v1 !== v0) {
                    val.delete(v0);
                    val.add(v1);
                }
            }
        }
        else {
            for (const [k, v0] of Object.entries(val)) {
                const v1 = applyReviver(reviver, val, k, v0);
                if (v1 === undefined)
                    delete val[k];
                else if (v1 !== v0)
                    val[k] = v1;
            }
        }
    }
    return reviver.call(obj, key, val);
}

exports.applyReviver = applyReviver;


/***/ }),

/***/ 2404:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Alias = __nccwpck_require__(4065);
var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);

const defaultTagPrefix = 'tag:yaml.org,2002:';
function findTagObject(value, tagName, tags) {
    if (tagName) {
        const match = tags.filter(t => t.tag === tagName);
        const tagObj = match.find(t => !t.format) ?? match[0];
        if (!tagObj)
            throw new Error(`Tag ${tagName} not found`);
        return tagObj;
    }
    return tags.find(t => t.identify?.(value) && !t.format);
}
function createNode(value, tagName, ctx) {
    if (identity.isDocument(value))
        value = value.contents;
    if (identity.isNode(value))
        return value;
    if (identity.isPair(value)) {
        const map = ctx.schema[identity.MAP].createNode?.(ctx.schema, null, ctx);
        map.items.push(value);
        return map;
    }
    if (value instanceof String ||
        value instanceof Number ||
        value instanceof Boolean ||
        (typeof BigInt !== 'undefined' && value instanceof BigInt) // not supported everywhere
    ) {
        value = value.valueOf();
    }
    const { aliasDuplicateObjects, onAnchor, onTagObj, schema, sourceObjects } = ctx;
    let ref = undefined;
    if (aliasDuplicateObjects && value && typeof value === 'object') {
        ref = sourceObjects.get(value);
        if (ref) {
            ref.anchor ?? (ref.anchor = onAnchor(value));
            return new Alias.Alias(ref.anchor);
        }
        else {
            ref = { anchor: null, node: null };
            sourceObjects.set(value, ref);
        }
    }
    if (tagName?.startsWith('!!'))
        tagName = defaultTagPrefix + tagName.slice(2);
    let tagObj = findTagObject(value, tagName, schema.tags);
    if (!tagObj) {
        if (value && typeof value.toJSON === 'function') {
            value = value.toJSON();
        }
        if (!value || typeof value !== 'object') {
            const node = new Scalar.Scalar(value);
            if (ref)
                ref.node = node;
            return node;
        }
        tagObj =
            value instanceof Map
                ? schema[identity.MAP]
                : Symbol.iterator in Object(value)
                    ? schema[identity.SEQ]
                    : schema[identity.MAP];
    }
    if (onTagObj) {
        onTagObj(tagObj);
        delete ctx.onTagObj;
    }
    const node = tagObj?.createNode
        ? tagObj.createNode(ctx.schema, value, ctx)
        : typeof tagObj?.nodeClass?.from === 'function'
            ? tagObj.nodeClass.from(ctx.schema, value, ctx)
            : new Scalar.Scalar(value);
    if (tagName)
        node.tag = tagName;
    else if (!tagObj.default)
        node.tag = tagObj.tag;
    if (ref)
        ref.node = node;
    return node;
}

exports.createNode = createNode;


/***/ }),

/***/ 1342:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var visit = __nccwpck_require__(204);

const escapeChars = {
    '!': '%21',
    ',': '%2C',
    '[': '%5B',
    ']': '%5D',
    '{': '%7B',
    '}': '%7D'
};
const escapeTagName = (tn) => tn.replace(/[!,[\]{}]/g, ch => escapeChars[ch]);
class Directives {
    constructor(yaml, tags) {
        this.docStart = null;
        this.docEnd = false;
        this.yaml = Object.assign({}, Directives.defaultYaml, yaml);
        this.tags = Object.assign({}, Directives.defaultTags, tags);
    }
    clone() {
        const copy = new Directives(this.yaml, this.tags);
        copy.docStart = this.docStart;
        return copy;
    }
    atDocument() {
        const res = new Directives(this.yaml, this.tags);
        switch (this.yaml.version) {
            case '1.1':
                this.atNextDocument = true;
                break;
            case '1.2':
                this.atNextDocument = false;
                this.yaml = {
                    explicit: Directives.defaultYaml.explicit,
                    version: '1.2'
                };
                this.tags = Object.assign({}, Directives.defaultTags);
                break;
        }
        return res;
    }
    add(line, onError) {
        if (this.atNextDocument) {
            this.yaml = { explicit: Directives.defaultYaml.explicit, version: '1.1' };
            this.tags = Object.assign({}, Directives.defaultTags);
            this.atNextDocument = false;
        }
        const parts = line.trim().split(/[ \t]+/);
        const name = parts.shift();
        switch (name) {
            case '%TAG': {
                if (parts.length !== 2) {
                    onError(0, '%TAG directive should contain exactly two parts');
                    if (parts.length < 2)
                        return false;
                }
                const [handle, prefix] = parts;
                this.tags[handle] = prefix;
                return true;
            }
            case '%YAML': {
                this.yaml.explicit = true;
                if (parts.length !== 1) {
                    onError(0, '%YAML directive should contain exactly one part');
                    return false;
                }
                const [version] = parts;
                if (version === '1.1' || version === '1.2') {
                    this.yaml.version = version;
                    return true;
                }
                else {
                    const isValid = /^\d+\.\d+$/.test(version);
                    onError(6, `Unsupported YAML version ${version}`, isValid);
                    return false;
                }
            }
            default:
                onError(0, `Unknown directive ${name}`, true);
                return false;
        }
    }
    tagName(source, onError) {
        if (source === '!')
            return '!'; // non-specific tag
        if (source[0] !== '!') {
            onError(`Not a valid tag: ${source}`);
            return null;
        }
        if (source[1] === '<') {
            const verbatim = source.slice(2, -1);
            if (verbatim === '!' || verbatim === '!!') {
                onError(`Verbatim tags aren't resolved, so ${source} is invalid.`);
                return null;
            }
            if (source[source.length - 1] !== '>')
                onError('Verbatim tags must end with a >');
            return verbatim;
        }
        const [, handle, suffix] = source.match(/^(.*!)([^!]*)$/s);
        if (!suffix)
            onError(`The ${source} tag has no suffix`);
        const prefix = this.tags[handle];
        if (prefix) {
            try {
                return prefix + decodeURIComponent(suffix);
            }
            catch (error) {
                onError(String(error));
                return null;
            }
        }
        if (handle === '!')
            return source; // local tag
        onError(`Could not resolve tag: ${source}`);
        return null;
    }
    tagString(tag) {
        for (const [handle, prefix] of Object.entries(this.tags)) {
            if (tag.startsWith(prefix))
                return handle + escapeTagName(tag.substring(prefix.length));
        }
        return tag[0] === '!' ? tag : `!<${tag}>`;
    }
    toString(doc) {
        const lines = this.yaml.explicit
            ? [`%YAML ${this.yaml.version || '1.2'}`]
            : [];
        const tagEntries = Object.entries(this.tags);
        let tagNames;
        if (doc && tagEntries.length > 0 && identity.isNode(doc.contents)) {
            const tags = {};
            visit.visit(doc.contents, (_key, node) => {
                if (identity.isNode(node) && node.tag)
                    tags[node.tag] = true;
            });
            tagNames = Object.keys(tags);
        }
        else
            tagNames = [];
        for (const [handle, prefix] of tagEntries) {
            if (handle === '!!' && prefix === 'tag:yaml.org,2002:')
                continue;
            if (!doc || tagNames.some(tn => tn.startsWith(prefix)))
                lines.push(`%TAG ${handle} ${prefix}`);
        }
        return lines.join('\n');
    }
}
Directives.defaultYaml = { explicit: false, version: '1.2' };
Directives.defaultTags = { '!!': 'tag:yaml.org,2002:' };

exports.Directives = Directives;


/***/ }),

/***/ 1464:
/***/ ((__unused_webpack_module, exports) => {



class YAMLError extends Error {
    constructor(name, pos, code, message) {
        super();
        this.name = name;
        this.code = code;
        this.message = message;
        this.pos = pos;
    }
}
class YAMLParseError extends YAMLError {
    constructor(pos, code, message) {
        super('YAMLParseError', pos, code, message);
    }
}
class YAMLWarning extends YAMLError {
    constructor(pos, code, message) {
        super('YAMLWarning', pos, code, message);
    }
}
const prettifyError = (src, lc) => (error) => {
    if (error.pos[0] === -1)
        return;
    error.linePos = error.pos.map(pos => lc.linePos(pos));
    const { line, col } = error.linePos[0];
    error.message += ` at line ${line}, column ${col}`;
    let ci = col - 1;
    let lineStr = src
        .substring(lc.lineStarts[line - 1], lc.lineStarts[line])
        .replace(/[\n\r]+$/, '');
    if (ci >= 60 && lineStr.length > 80) {
        const trimStart = Math.min(ci - 39, lineStr.length - 79);
        lineStr = '…' + lineStr.substring(trimStart);
        ci -= trimStart - 1;
    }
    if (lineStr.length > 80)
        lineStr = lineStr.substring(0, 79) + '…';
    if (line > 1 && /^ *$/.test(lineStr.substring(0, ci))) {
        let prev = src.substring(lc.lineStarts[line - 2], lc.lineStarts[line - 1]);
        if (prev.length > 80)
            prev = prev.substring(0, 79) + '…\n';
        lineStr = prev + lineStr;
    }
    if (/[^ ]/.test(lineStr)) {
        let count = 1;
        const end = error.linePos[1];
        if (end?.line === line && end.col > col) {
            count = Math.max(1, Math.min(end.col - col, 80 - ci));
        }
        const pointer = ' '.repeat(ci) + '^'.repeat(count);
        error.message += `:\n\n${lineStr}\n${pointer}\n`;
    }
};

exports.YAMLError = YAMLError;
exports.YAMLParseError = YAMLParseError;
exports.YAMLWarning = YAMLWarning;
exports.prettifyError = prettifyError;


/***/ }),

/***/ 8815:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var composer = __nccwpck_require__(9984);
var Document = __nccwpck_require__(3021);
var Schema = __nccwpck_require__(5840);
var errors = __nccwpck_require__(1464);
var Alias = __nccwpck_require__(4065);
var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var Scalar = __nccwpck_require__(3301);
var YAMLMap = __nccwpck_require__(4454);
var YAMLSeq = __nccwpck_require__(2223);
var cst = __nccwpck_require__(3461);
var lexer = __nccwpck_require__(361);
var lineCounter = __nccwpck_require__(6628);
var parser = __nccwpck_require__(3456);
var publicApi = __nccwpck_require__(4047);
var visit = __nccwpck_require__(204);



__webpack_unused_export__ = composer.Composer;
__webpack_unused_export__ = Document.Document;
__webpack_unused_export__ = Schema.Schema;
__webpack_unused_export__ = errors.YAMLError;
__webpack_unused_export__ = errors.YAMLParseError;
__webpack_unused_export__ = errors.YAMLWarning;
__webpack_unused_export__ = Alias.Alias;
exports.Vj = identity.isAlias;
__webpack_unused_export__ = identity.isCollection;
__webpack_unused_export__ = identity.isDocument;
exports.jh = identity.isMap;
__webpack_unused_export__ = identity.isNode;
__webpack_unused_export__ = identity.isPair;
exports.jn = identity.isScalar;
exports.oP = identity.isSeq;
__webpack_unused_export__ = Pair.Pair;
__webpack_unused_export__ = Scalar.Scalar;
__webpack_unused_export__ = YAMLMap.YAMLMap;
__webpack_unused_export__ = YAMLSeq.YAMLSeq;
__webpack_unused_export__ = cst;
__webpack_unused_export__ = lexer.Lexer;
exports.HN = lineCounter.LineCounter;
__webpack_unused_export__ = parser.Parser;
__webpack_unused_export__ = publicApi.parse;
__webpack_unused_export__ = publicApi.parseAllDocuments;
exports.Tp = publicApi.parseDocument;
__webpack_unused_export__ = publicApi.stringify;
__webpack_unused_export__ = visit.visit;
__webpack_unused_export__ = visit.visitAsync;


/***/ }),

/***/ 7249:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_process = __nccwpck_require__(932);

function debug(logLevel, ...messages) {
    if (logLevel === 'debug')
        console.log(...messages);
}
function warn(logLevel, warning) {
    if (logLevel === 'debug' || logLevel === 'warn') {
        if (typeof node_process.emitWarning === 'function')
            node_process.emitWarning(warning);
        else
            console.warn(warning);
    }
}

exports.debug = debug;
exports.warn = warn;


/***/ }),

/***/ 4065:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var anchors = __nccwpck_require__(1596);
var visit = __nccwpck_require__(204);
var identity = __nccwpck_require__(1127);
var Node = __nccwpck_require__(6673);
var toJS = __nccwpck_require__(4043);

class Alias extends Node.NodeBase {
    constructor(source) {
        super(identity.ALIAS);
        this.source = source;
        Object.defineProperty(this, 'tag', {
            set() {
                throw new Error('Alias nodes cannot have tags');
            }
        });
    }
    resolve(doc, ctx) {
        if (ctx?.maxAliasCount === 0)
            throw new ReferenceError('Alias resolution is disabled');
        let nodes;
        if (ctx?.aliasResolveCache) {
            nodes = ctx.aliasResolveCache;
        }
        else {
            nodes = [];
            visit.visit(doc, {
                Node: (_key, node) => {
                    if (identity.isAlias(node) || identity.hasAnchor(node))
                        nodes.push(node);
                }
            });
            if (ctx)
                ctx.aliasResolveCache = nodes;
        }
        let found = undefined;
        for (const node of nodes) {
            if (node === this)
                break;
            if (node.anchor === this.source)
                found = node;
        }
        if (found && ctx) {
            const { anchors, doc, maxAliasCount } = ctx;
            let data = anchors.get(found);
            if (!data) {
                toJS.toJS(found, null, ctx);
                data = anchors.get(found);
            }
            if (data?.res === undefined) {
                const msg = 'This should not happen: Alias anchor was not resolved?';
                throw new ReferenceError(msg);
            }
            if (maxAliasCount >= 0) {
                data.count += 1;
                if (data.aliasCount === 0)
                    data.aliasCount = getAliasCount(doc, found, anchors);
                if (data.count * data.aliasCount > maxAliasCount) {
                    const msg = 'Excessive alias count indicates a resource exhaustion attack';
                    throw new ReferenceError(msg);
                }
            }
        }
        return found;
    }
    toJSON(_arg, ctx) {
        if (!ctx)
            return { source: this.source };
        const source = this.resolve(ctx.doc, ctx);
        if (!source) {
            const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
            throw new ReferenceError(msg);
        }
        return ctx.anchors.get(source).res;
    }
    toString(ctx, _onComment, _onChompKeep) {
        const src = `*${this.source}`;
        if (ctx) {
            anchors.anchorIsValid(this.source);
            if (ctx.options.verifyAliasOrder && !ctx.anchors.has(this.source)) {
                const msg = `Unresolved alias (the anchor must be set before the alias): ${this.source}`;
                throw new Error(msg);
            }
            if (ctx.implicitKey)
                return `${src} `;
        }
        return src;
    }
}
function getAliasCount(doc, node, anchors) {
    if (identity.isAlias(node)) {
        const source = node.resolve(doc);
        const anchor = anchors && source && anchors.get(source);
        return anchor ? anchor.count * anchor.aliasCount : 0;
    }
    else if (identity.isCollection(node)) {
        let count = 0;
        for (const item of node.items) {
            const c = getAliasCount(doc, item, anchors);
            if (c > count)
                count = c;
        }
        return count;
    }
    else if (identity.isPair(node)) {
        const kc = getAliasCount(doc, node.key, anchors);
        const vc = getAliasCount(doc, node.value, anchors);
        return Math.max(kc, vc);
    }
    return 1;
}

exports.Alias = Alias;


/***/ }),

/***/ 101:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var createNode = __nccwpck_require__(2404);
var identity = __nccwpck_require__(1127);
var Node = __nccwpck_require__(6673);

function collectionFromPath(schema, path, value) {
    let v = value;
    for (let i = path.length - 1; i >= 0; --i) {
        const k = path[i];
        if (typeof k === 'number' && Number.isInteger(k) && k >= 0) {
            const a = [];
            a[k] = v;
            v = a;
        }
        else {
            v = new Map([[k, v]]);
        }
    }
    return createNode.createNode(v, undefined, {
        aliasDuplicateObjects: false,
        keepUndefined: false,
        onAnchor: () => {
            throw new Error('This should not happen, please report a bug.');
        },
        schema,
        sourceObjects: new Map()
    });
}
const isEmptyPath = (path) => path == null ||
    (typeof path === 'object' && !!path[Symbol.iterator]().next().done);
class Collection extends Node.NodeBase {
    constructor(type, schema) {
        super(type);
        Object.defineProperty(this, 'schema', {
            value: schema,
            configurable: true,
            enumerable: false,
            writable: true
        });
    }
    clone(schema) {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (schema)
            copy.schema = schema;
        copy.items = copy.items.map(it => identity.isNode(it) || identity.isPair(it) ? it.clone(schema) : it);
        if (this.range)
            copy.range = this.range.slice();
        return copy;
    }
    addIn(path, value) {
        if (isEmptyPath(path))
            this.add(value);
        else {
            const [key, ...rest] = path;
            const node = this.get(key, true);
            if (identity.isCollection(node))
                node.addIn(rest, value);
            else if (node === undefined && this.schema)
                this.set(key, collectionFromPath(this.schema, rest, value));
            else
                throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
    }
    deleteIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
            return this.delete(key);
        const node = this.get(key, true);
        if (identity.isCollection(node))
            return node.deleteIn(rest);
        else
            throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
    }
    getIn(path, keepScalar) {
        const [key, ...rest] = path;
        const node = this.get(key, true);
        if (rest.length === 0)
            return !keepScalar && identity.isScalar(node) ? node.value : node;
        else
            return identity.isCollection(node) ? node.getIn(rest, keepScalar) : undefined;
    }
    hasAllNullValues(allowScalar) {
        return this.items.every(node => {
            if (!identity.isPair(node))
                return false;
            const n = node.value;
            return (n == null ||
                (allowScalar &&
                    identity.isScalar(n) &&
                    n.value == null &&
                    !n.commentBefore &&
                    !n.comment &&
                    !n.tag));
        });
    }
    hasIn(path) {
        const [key, ...rest] = path;
        if (rest.length === 0)
            return this.has(key);
        const node = this.get(key, true);
        return identity.isCollection(node) ? node.hasIn(rest) : false;
    }
    setIn(path, value) {
        const [key, ...rest] = path;
        if (rest.length === 0) {
            this.set(key, value);
        }
        else {
            const node = this.get(key, true);
            if (identity.isCollection(node))
                node.setIn(rest, value);
            else if (node === undefined && this.schema)
                this.set(key, collectionFromPath(this.schema, rest, value));
            else
                throw new Error(`Expected YAML collection at ${key}. Remaining path: ${rest}`);
        }
    }
}

exports.Collection = Collection;
exports.collectionFromPath = collectionFromPath;
exports.isEmptyPath = isEmptyPath;


/***/ }),

/***/ 6673:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var applyReviver = __nccwpck_require__(3661);
var identity = __nccwpck_require__(1127);
var toJS = __nccwpck_require__(4043);

class NodeBase {
    constructor(type) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: type });
    }
    clone() {
        const copy = Object.create(Object.getPrototypeOf(this), Object.getOwnPropertyDescriptors(this));
        if (this.range)
            copy.range = this.range.slice();
        return copy;
    }
    toJS(doc, { mapAsMap, maxAliasCount, onAnchor, reviver } = {}) {
        if (!identity.isDocument(doc))
            throw new TypeError('A document argument is required');
        const ctx = {
            anchors: new Map(),
            doc,
            keep: true,
            mapAsMap: mapAsMap === true,
            mapKeyWarned: false,
            maxAliasCount: typeof maxAliasCount === 'number' ? maxAliasCount : 100
        };
        const res = toJS.toJS(this, '', ctx);
        if (typeof onAnchor === 'function')
            for (const { count, res } of ctx.anchors.values())
                onAnchor(res, count);
        return typeof reviver === 'function'
            ? applyReviver.applyReviver(reviver, { '': res }, '', res)
            : res;
    }
}

exports.NodeBase = NodeBase;


/***/ }),

/***/ 7165:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var createNode = __nccwpck_require__(2404);
var stringifyPair = __nccwpck_require__(9748);
var addPairToJSMap = __nccwpck_require__(7104);
var identity = __nccwpck_require__(1127);

function createPair(key, value, ctx) {
    const k = createNode.createNode(key, undefined, ctx);
    const v = createNode.createNode(value, undefined, ctx);
    return new Pair(k, v);
}
class Pair {
    constructor(key, value = null) {
        Object.defineProperty(this, identity.NODE_TYPE, { value: identity.PAIR });
        this.key = key;
        this.value = value;
    }
    clone(schema) {
        let { key, value } = this;
        if (identity.isNode(key))
            key = key.clone(schema);
        if (identity.isNode(value))
            value = value.clone(schema);
        return new Pair(key, value);
    }
    toJSON(_, ctx) {
        const pair = ctx?.mapAsMap ? new Map() : {};
        return addPairToJSMap.addPairToJSMap(ctx, pair, this);
    }
    toString(ctx, onComment, onChompKeep) {
        return ctx?.doc
            ? stringifyPair.stringifyPair(this, ctx, onComment, onChompKeep)
            : JSON.stringify(this);
    }
}

exports.Pair = Pair;
exports.createPair = createPair;


/***/ }),

/***/ 3301:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Node = __nccwpck_require__(6673);
var toJS = __nccwpck_require__(4043);

const isScalarValue = (value) => !value || (typeof value !== 'function' && typeof value !== 'object');
class Scalar extends Node.NodeBase {
    constructor(value) {
        super(identity.SCALAR);
        this.value = value;
    }
    toJSON(arg, ctx) {
        return ctx?.keep ? this.value : toJS.toJS(this.value, arg, ctx);
    }
    toString() {
        return String(this.value);
    }
}
Scalar.BLOCK_FOLDED = 'BLOCK_FOLDED';
Scalar.BLOCK_LITERAL = 'BLOCK_LITERAL';
Scalar.PLAIN = 'PLAIN';
Scalar.QUOTE_DOUBLE = 'QUOTE_DOUBLE';
Scalar.QUOTE_SINGLE = 'QUOTE_SINGLE';

exports.Scalar = Scalar;
exports.isScalarValue = isScalarValue;


/***/ }),

/***/ 4454:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyCollection = __nccwpck_require__(1212);
var addPairToJSMap = __nccwpck_require__(7104);
var Collection = __nccwpck_require__(101);
var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var Scalar = __nccwpck_require__(3301);

function findPair(items, key) {
    const k = identity.isScalar(key) ? key.value : key;
    for (const it of items) {
        if (identity.isPair(it)) {
            if (it.key === key || it.key === k)
                return it;
            if (identity.isScalar(it.key) && it.key.value === k)
                return it;
        }
    }
    return undefined;
}
class YAMLMap extends Collection.Collection {
    static get tagName() {
        return 'tag:yaml.org,2002:map';
    }
    constructor(schema) {
        super(identity.MAP, schema);
        this.items = [];
    }
    static from(schema, obj, ctx) {
        const { keepUndefined, replacer } = ctx;
        const map = new this(schema);
        const add = (key, value) => {
            if (typeof replacer === 'function')
                value = replacer.call(obj, key, value);
            else if (Array.isArray(replacer) && !replacer.includes(key))
                return;
            if (value !== undefined || keepUndefined)
                map.items.push(Pair.createPair(key, value, ctx));
        };
        if (obj instanceof Map) {
            for (const [key, value] of obj)
                add(key, value);
        }
        else if (obj && typeof obj === 'object') {
            for (const key of Object.keys(obj))
                add(key, obj[key]);
        }
        if (typeof schema.sortMapEntries === 'function') {
            map.items.sort(schema.sortMapEntries);
        }
        return map;
    }
    add(pair, overwrite) {
        let _pair;
        if (identity.isPair(pair))
            _pair = pair;
        else if (!pair || typeof pair !== 'object' || !('key' in pair)) {
            _pair = new Pair.Pair(pair, pair?.value);
        }
        else
            _pair = new Pair.Pair(pair.key, pair.value);
        const prev = findPair(this.items, _pair.key);
        const sortEntries = this.schema?.sortMapEntries;
        if (prev) {
            if (!overwrite)
                throw new Error(`Key ${_pair.key} already set`);
            if (identity.isScalar(prev.value) && Scalar.isScalarValue(_pair.value))
                prev.value.value = _pair.value;
            else
                prev.value = _pair.value;
        }
        else if (sortEntries) {
            const i = this.items.findIndex(item => sortEntries(_pair, item) < 0);
            if (i === -1)
                this.items.push(_pair);
            else
                this.items.splice(i, 0, _pair);
        }
        else {
            this.items.push(_pair);
        }
    }
    delete(key) {
        const it = findPair(this.items, key);
        if (!it)
            return false;
        const del = this.items.splice(this.items.indexOf(it), 1);
        return del.length > 0;
    }
    get(key, keepScalar) {
        const it = findPair(this.items, key);
        const node = it?.value;
        return (!keepScalar && identity.isScalar(node) ? node.value : node) ?? undefined;
    }
    has(key) {
        return !!findPair(this.items, key);
    }
    set(key, value) {
        this.add(new Pair.Pair(key, value), true);
    }
    toJSON(_, ctx, Type) {
        const map = Type ? new Type() : ctx?.mapAsMap ? new Map() : {};
        if (ctx?.onCreate)
            ctx.onCreate(map);
        for (const item of this.items)
            addPairToJSMap.addPairToJSMap(ctx, map, item);
        return map;
    }
    toString(ctx, onComment, onChompKeep) {
        if (!ctx)
            return JSON.stringify(this);
        for (const item of this.items) {
            if (!identity.isPair(item))
                throw new Error(`Map items must all be pairs; found ${JSON.stringify(item)} instead`);
        }
        if (!ctx.allNullValues && this.hasAllNullValues(false))
            ctx = Object.assign({}, ctx, { allNullValues: true });
        return stringifyCollection.stringifyCollection(this, ctx, {
            blockItemPrefix: '',
            flowChars: { start: '{', end: '}' },
            itemIndent: ctx.indent || '',
            onChompKeep,
            onComment
        });
    }
}

exports.YAMLMap = YAMLMap;
exports.findPair = findPair;


/***/ }),

/***/ 2223:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var createNode = __nccwpck_require__(2404);
var stringifyCollection = __nccwpck_require__(1212);
var Collection = __nccwpck_require__(101);
var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);
var toJS = __nccwpck_require__(4043);

class YAMLSeq extends Collection.Collection {
    static get tagName() {
        return 'tag:yaml.org,2002:seq';
    }
    constructor(schema) {
        super(identity.SEQ, schema);
        this.items = [];
    }
    add(value) {
        this.items.push(value);
    }
    delete(key) {
        const idx = asItemIndex(key);
        if (typeof idx !== 'number')
            return false;
        const del = this.items.splice(idx, 1);
        return del.length > 0;
    }
    get(key, keepScalar) {
        const idx = asItemIndex(key);
        if (typeof idx !== 'number')
            return undefined;
        const it = this.items[idx];
        return !keepScalar && identity.isScalar(it) ? it.value : it;
    }
    has(key) {
        const idx = asItemIndex(key);
        return typeof idx === 'number' && idx < this.items.length;
    }
    set(key, value) {
        const idx = asItemIndex(key);
        if (typeof idx !== 'number')
            throw new Error(`Expected a valid index, not ${key}.`);
        const prev = this.items[idx];
        if (identity.isScalar(prev) && Scalar.isScalarValue(value))
            prev.value = value;
        else
            this.items[idx] = value;
    }
    toJSON(_, ctx) {
        const seq = [];
        if (ctx?.onCreate)
            ctx.onCreate(seq);
        let i = 0;
        for (const item of this.items)
            seq.push(toJS.toJS(item, String(i++), ctx));
        return seq;
    }
    toString(ctx, onComment, onChompKeep) {
        if (!ctx)
            return JSON.stringify(this);
        return stringifyCollection.stringifyCollection(this, ctx, {
            blockItemPrefix: '- ',
            flowChars: { start: '[', end: ']' },
            itemIndent: (ctx.indent || '') + '  ',
            onChompKeep,
            onComment
        });
    }
    static from(schema, obj, ctx) {
        const { replacer } = ctx;
        const seq = new this(schema);
        if (obj && Symbol.iterator in Object(obj)) {
            let i = 0;
            for (let it of obj) {
                if (typeof replacer === 'function') {
                    const key = obj instanceof Set ? it : String(i++);
                    it = replacer.call(obj, key, it);
                }
                seq.items.push(createNode.createNode(it, undefined, ctx));
            }
        }
        return seq;
    }
}
function asItemIndex(key) {
    let idx = identity.isScalar(key) ? key.value : key;
    if (idx && typeof idx === 'string')
        idx = Number(idx);
    return typeof idx === 'number' && Number.isInteger(idx) && idx >= 0
        ? idx
        : null;
}

exports.YAMLSeq = YAMLSeq;


/***/ }),

/***/ 7104:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var log = __nccwpck_require__(7249);
var merge = __nccwpck_require__(452);
var stringify = __nccwpck_require__(2148);
var identity = __nccwpck_require__(1127);
var toJS = __nccwpck_require__(4043);

function addPairToJSMap(ctx, map, { key, value }) {
    if (identity.isNode(key) && key.addToJSMap)
        key.addToJSMap(ctx, map, value);
    else if (merge.isMergeKey(ctx, key))
        merge.addMergeToJSMap(ctx, map, value);
    else {
        const jsKey = toJS.toJS(key, '', ctx);
        if (map instanceof Map) {
            map.set(jsKey, toJS.toJS(value, jsKey, ctx));
        }
        else if (map instanceof Set) {
            map.add(jsKey);
        }
        else {
            const stringKey = stringifyKey(key, jsKey, ctx);
            const jsValue = toJS.toJS(value, stringKey, ctx);
            if (stringKey in map)
                Object.defineProperty(map, stringKey, {
                    value: jsValue,
                    writable: true,
                    enumerable: true,
                    configurable: true
                });
            else
                map[stringKey] = jsValue;
        }
    }
    return map;
}
function stringifyKey(key, jsKey, ctx) {
    if (jsKey === null)
        return '';
    if (typeof jsKey !== 'object')
        return String(jsKey);
    if (identity.isNode(key) && ctx?.doc) {
        const strCtx = stringify.createStringifyContext(ctx.doc, {});
        strCtx.anchors = new Set();
        for (const node of ctx.anchors.keys())
            strCtx.anchors.add(node.anchor);
        strCtx.inFlow = true;
        strCtx.inStringifyKey = true;
        const strKey = key.toString(strCtx);
        if (!ctx.mapKeyWarned) {
            let jsonStr = JSON.stringify(strKey);
            if (jsonStr.length > 40)
                jsonStr = jsonStr.substring(0, 36) + '..."';
            log.warn(ctx.doc.options.logLevel, `Keys with collection values will be stringified due to JS Object restrictions: ${jsonStr}. Set mapAsMap: true to use object keys.`);
            ctx.mapKeyWarned = true;
        }
        return strKey;
    }
    return JSON.stringify(jsKey);
}

exports.addPairToJSMap = addPairToJSMap;


/***/ }),

/***/ 1127:
/***/ ((__unused_webpack_module, exports) => {



const ALIAS = Symbol.for('yaml.alias');
const DOC = Symbol.for('yaml.document');
const MAP = Symbol.for('yaml.map');
const PAIR = Symbol.for('yaml.pair');
const SCALAR = Symbol.for('yaml.scalar');
const SEQ = Symbol.for('yaml.seq');
const NODE_TYPE = Symbol.for('yaml.node.type');
const isAlias = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === ALIAS;
const isDocument = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === DOC;
const isMap = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === MAP;
const isPair = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === PAIR;
const isScalar = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === SCALAR;
const isSeq = (node) => !!node && typeof node === 'object' && node[NODE_TYPE] === SEQ;
function isCollection(node) {
    if (node && typeof node === 'object')
        switch (node[NODE_TYPE]) {
            case MAP:
            case SEQ:
                return true;
        }
    return false;
}
function isNode(node) {
    if (node && typeof node === 'object')
        switch (node[NODE_TYPE]) {
            case ALIAS:
            case MAP:
            case SCALAR:
            case SEQ:
                return true;
        }
    return false;
}
const hasAnchor = (node) => (isScalar(node) || isCollection(node)) && !!node.anchor;

exports.ALIAS = ALIAS;
exports.DOC = DOC;
exports.MAP = MAP;
exports.NODE_TYPE = NODE_TYPE;
exports.PAIR = PAIR;
exports.SCALAR = SCALAR;
exports.SEQ = SEQ;
exports.hasAnchor = hasAnchor;
exports.isAlias = isAlias;
exports.isCollection = isCollection;
exports.isDocument = isDocument;
exports.isMap = isMap;
exports.isNode = isNode;
exports.isPair = isPair;
exports.isScalar = isScalar;
exports.isSeq = isSeq;


/***/ }),

/***/ 4043:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);

function toJS(value, arg, ctx) {
    if (Array.isArray(value))
        return value.map((v, i) => toJS(v, String(i), ctx));
    if (value && typeof value.toJSON === 'function') {
        if (!ctx || !identity.hasAnchor(value))
            return value.toJSON(arg, ctx);
        const data = { aliasCount: 0, count: 1, res: undefined };
        ctx.anchors.set(value, data);
        ctx.onCreate = res => {
            data.res = res;
            delete ctx.onCreate;
        };
        const res = value.toJSON(arg, ctx);
        if (ctx.onCreate)
            ctx.onCreate(res);
        return res;
    }
    if (typeof value === 'bigint' && !ctx?.keep)
        return Number(value);
    return value;
}

exports.toJS = toJS;


/***/ }),

/***/ 110:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var resolveBlockScalar = __nccwpck_require__(8913);
var resolveFlowScalar = __nccwpck_require__(6842);
var errors = __nccwpck_require__(1464);
var stringifyString = __nccwpck_require__(3069);

function resolveAsScalar(token, strict = true, onError) {
    if (token) {
        const _onError = (pos, code, message) => {
            const offset = typeof pos === 'number' ? pos : Array.isArray(pos) ? pos[0] : pos.offset;
            if (onError)
                onError(offset, code, message);
            else
                throw new errors.YAMLParseError([offset, offset + 1], code, message);
        };
        switch (token.type) {
            case 'scalar':
            case 'single-quoted-scalar':
            case 'double-quoted-scalar':
                return resolveFlowScalar.resolveFlowScalar(token, strict, _onError);
            case 'block-scalar':
                return resolveBlockScalar.resolveBlockScalar({ options: { strict } }, token, _onError);
        }
    }
    return null;
}
function createScalarToken(value, context) {
    const { implicitKey = false, indent, inFlow = false, offset = -1, type = 'PLAIN' } = context;
    const source = stringifyString.stringifyString({ type, value }, {
        implicitKey,
        indent: indent > 0 ? ' '.repeat(indent) : '',
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
    });
    const end = context.end ?? [
        { type: 'newline', offset: -1, indent, source: '\n' }
    ];
    switch (source[0]) {
        case '|':
        case '>': {
            const he = source.indexOf('\n');
            const head = source.substring(0, he);
            const body = source.substring(he + 1) + '\n';
            const props = [
                { type: 'block-scalar-header', offset, indent, source: head }
            ];
            if (!addEndtoBlockProps(props, end))
                props.push({ type: 'newline', offset: -1, indent, source: '\n' });
            return { type: 'block-scalar', offset, indent, props, source: body };
        }
        case '"':
            return { type: 'double-quoted-scalar', offset, indent, source, end };
        case "'":
            return { type: 'single-quoted-scalar', offset, indent, source, end };
        default:
            return { type: 'scalar', offset, indent, source, end };
    }
}
function setScalarValue(token, value, context = {}) {
    let { afterKey = false, implicitKey = false, inFlow = false, type } = context;
    let indent = 'indent' in token ? token.indent : null;
    if (afterKey && typeof indent === 'number')
        indent += 2;
    if (!type)
        switch (token.type) {
            case 'single-quoted-scalar':
                type = 'QUOTE_SINGLE';
                break;
            case 'double-quoted-scalar':
                type = 'QUOTE_DOUBLE';
                break;
            case 'block-scalar': {
                const header = token.props[0];
                if (header.type !== 'block-scalar-header')
                    throw new Error('Invalid block scalar header');
                type = header.source[0] === '>' ? 'BLOCK_FOLDED' : 'BLOCK_LITERAL';
                break;
            }
            default:
                type = 'PLAIN';
        }
    const source = stringifyString.stringifyString({ type, value }, {
        implicitKey: implicitKey || indent === null,
        indent: indent !== null && indent > 0 ? ' '.repeat(indent) : '',
        inFlow,
        options: { blockQuote: true, lineWidth: -1 }
    });
    switch (source[0]) {
        case '|':
        case '>':
            setBlockScalarValue(token, source);
            break;
        case '"':
            setFlowScalarValue(token, source, 'double-quoted-scalar');
            break;
        case "'":
            setFlowScalarValue(token, source, 'single-quoted-scalar');
            break;
        default:
            setFlowScalarValue(token, source, 'scalar');
    }
}
function setBlockScalarValue(token, source) {
    const he = source.indexOf('\n');
    const head = source.substring(0, he);
    const body = source.substring(he + 1) + '\n';
    if (token.type === 'block-scalar') {
        const header = token.props[0];
        if (header.type !== 'block-scalar-header')
            throw new Error('Invalid block scalar header');
        header.source = head;
        token.source = body;
    }
    else {
        const { offset } = token;
        const indent = 'indent' in token ? token.indent : -1;
        const props = [
            { type: 'block-scalar-header', offset, indent, source: head }
        ];
        if (!addEndtoBlockProps(props, 'end' in token ? token.end : undefined))
            props.push({ type: 'newline', offset: -1, indent, source: '\n' });
        for (const key of Object.keys(token))
            if (key !== 'type' && key !== 'offset')
                delete token[key];
        Object.assign(token, { type: 'block-scalar', indent, props, source: body });
    }
}
function addEndtoBlockProps(props, end) {
    if (end)
        for (const st of end)
            switch (st.type) {
                case 'space':
                case 'comment':
                    props.push(st);
                    break;
                case 'newline':
                    props.push(st);
                    return true;
            }
    return false;
}
function setFlowScalarValue(token, source, type) {
    switch (token.type) {
        case 'scalar':
        case 'double-quoted-scalar':
        case 'single-quoted-scalar':
            token.type = type;
            token.source = source;
            break;
        case 'block-scalar': {
            const end = token.props.slice(1);
            let oa = source.length;
            if (token.props[0].type === 'block-scalar-header')
                oa -= token.props[0].source.length;
            for (const tok of end)
                tok.offset += oa;
            delete token.props;
            Object.assign(token, { type, source, end });
            break;
        }
        case 'block-map':
        case 'block-seq': {
            const offset = token.offset + source.length;
            const nl = { type: 'newline', offset, indent: token.indent, source: '\n' };
            delete token.items;
            Object.assign(token, { type, source, end: [nl] });
            break;
        }
        default: {
            const indent = 'indent' in token ? token.indent : -1;
            const end = 'end' in token && Array.isArray(token.end)
                ? token.end.filter(st => st.type === 'space' ||
                    st.type === 'comment' ||
                    st.type === 'newline')
                : [];
            for (const key of Object.keys(token))
                if (key !== 'type' && key !== 'offset')
                    delete token[key];
            Object.assign(token, { type, indent, source, end });
        }
    }
}

exports.createScalarToken = createScalarToken;
exports.resolveAsScalar = resolveAsScalar;
exports.setScalarValue = setScalarValue;


/***/ }),

/***/ 1733:
/***/ ((__unused_webpack_module, exports) => {



const stringify = (cst) => 'type' in cst ? stringifyToken(cst) : stringifyItem(cst);
function stringifyToken(token) {
    switch (token.type) {
        case 'block-scalar': {
            let res = '';
            for (const tok of token.props)
                res += stringifyToken(tok);
            return res + token.source;
        }
        case 'block-map':
        case 'block-seq': {
            let res = '';
            for (const item of token.items)
                res += stringifyItem(item);
            return res;
        }
        case 'flow-collection': {
            let res = token.start.source;
            for (const item of token.items)
                res += stringifyItem(item);
            for (const st of token.end)
                res += st.source;
            return res;
        }
        case 'document': {
            let res = stringifyItem(token);
            if (token.end)
                for (const st of token.end)
                    res += st.source;
            return res;
        }
        default: {
            let res = token.source;
            if ('end' in token && token.end)
                for (const st of token.end)
                    res += st.source;
            return res;
        }
    }
}
function stringifyItem({ start, key, sep, value }) {
    let res = '';
    for (const st of start)
        res += st.source;
    if (key)
        res += stringifyToken(key);
    if (sep)
        for (const st of sep)
            res += st.source;
    if (value)
        res += stringifyToken(value);
    return res;
}

exports.stringify = stringify;


/***/ }),

/***/ 7715:
/***/ ((__unused_webpack_module, exports) => {



const BREAK = Symbol('break visit');
const SKIP = Symbol('skip children');
const REMOVE = Symbol('remove item');
function visit(cst, visitor) {
    if ('type' in cst && cst.type === 'document')
        cst = { start: cst.start, value: cst.value };
    _visit(Object.freeze([]), cst, visitor);
}
visit.BREAK = BREAK;
visit.SKIP = SKIP;
visit.REMOVE = REMOVE;
visit.itemAtPath = (cst, path) => {
    let item = cst;
    for (const [field, index] of path) {
        const tok = item?.[field];
        if (tok && 'items' in tok) {
            item = tok.items[index];
        }
        else
            return undefined;
    }
    return item;
};
visit.parentCollection = (cst, path) => {
    const parent = visit.itemAtPath(cst, path.slice(0, -1));
    const field = path[path.length - 1][0];
    const coll = parent?.[field];
    if (coll && 'items' in coll)
        return coll;
    throw new Error('Parent collection not found');
};
function _visit(path, item, visitor) {
    let ctrl = visitor(item, path);
    if (typeof ctrl === 'symbol')
        return ctrl;
    for (const field of ['key', 'value']) {
        const token = item[field];
        if (token && 'items' in token) {
            for (let i = 0; i < token.items.length; ++i) {
                const ci = _visit(Object.freeze(path.concat([[field, i]])), token.items[i], visitor);
                if (typeof ci === 'number')
                    i = ci - 1;
                else if (ci === BREAK)
                    return BREAK;
                else if (ci === REMOVE) {
                    token.items.splice(i, 1);
                    i -= 1;
                }
            }
            if (typeof ctrl === 'function' && field === 'key')
                ctrl = ctrl(item, path);
        }
    }
    return typeof ctrl === 'function' ? ctrl(item, path) : ctrl;
}

exports.visit = visit;


/***/ }),

/***/ 3461:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var cstScalar = __nccwpck_require__(110);
var cstStringify = __nccwpck_require__(1733);
var cstVisit = __nccwpck_require__(7715);

const BOM = '\u{FEFF}';
const DOCUMENT = '\x02'; // C0: Start of Text
const FLOW_END = '\x18'; // C0: Cancel
const SCALAR = '\x1f'; // C0: Unit Separator
const isCollection = (token) => !!token && 'items' in token;
const isScalar = (token) => !!token &&
    (token.type === 'scalar' ||
        token.type === 'single-quoted-scalar' ||
        token.type === 'double-quoted-scalar' ||
        token.type === 'block-scalar');
function prettyToken(token) {
    switch (token) {
        case BOM:
            return '<BOM>';
        case DOCUMENT:
            return '<DOC>';
        case FLOW_END:
            return '<FLOW_END>';
        case SCALAR:
            return '<SCALAR>';
        default:
            return JSON.stringify(token);
    }
}
function tokenType(source) {
    switch (source) {
        case BOM:
            return 'byte-order-mark';
        case DOCUMENT:
            return 'doc-mode';
        case FLOW_END:
            return 'flow-error-end';
        case SCALAR:
            return 'scalar';
        case '---':
            return 'doc-start';
        case '...':
            return 'doc-end';
        case '':
        case '\n':
        case '\r\n':
            return 'newline';
        case '-':
            return 'seq-item-ind';
        case '?':
            return 'explicit-key-ind';
        case ':':
            return 'map-value-ind';
        case '{':
            return 'flow-map-start';
        case '}':
            return 'flow-map-end';
        case '[':
            return 'flow-seq-start';
        case ']':
            return 'flow-seq-end';
        case ',':
            return 'comma';
    }
    switch (source[0]) {
        case ' ':
        case '\t':
            return 'space';
        case '#':
            return 'comment';
        case '%':
            return 'directive-line';
        case '*':
            return 'alias';
        case '&':
            return 'anchor';
        case '!':
            return 'tag';
        case "'":
            return 'single-quoted-scalar';
        case '"':
            return 'double-quoted-scalar';
        case '|':
        case '>':
            return 'block-scalar-header';
    }
    return null;
}

exports.createScalarToken = cstScalar.createScalarToken;
exports.resolveAsScalar = cstScalar.resolveAsScalar;
exports.setScalarValue = cstScalar.setScalarValue;
exports.stringify = cstStringify.stringify;
exports.visit = cstVisit.visit;
exports.BOM = BOM;
exports.DOCUMENT = DOCUMENT;
exports.FLOW_END = FLOW_END;
exports.SCALAR = SCALAR;
exports.isCollection = isCollection;
exports.isScalar = isScalar;
exports.prettyToken = prettyToken;
exports.tokenType = tokenType;


/***/ }),

/***/ 361:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var cst = __nccwpck_require__(3461);

function isEmpty(ch) {
    switch (ch) {
        case undefined:
        case ' ':
        case '\n':
        case '\r':
        case '\t':
            return true;
        default:
            return false;
    }
}
const hexDigits = new Set('0123456789ABCDEFabcdef');
const tagChars = new Set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-#;/?:@&=+$_.!~*'()");
const flowIndicatorChars = new Set(',[]{}');
const invalidAnchorChars = new Set(' ,[]{}\n\r\t');
const isNotAnchorChar = (ch) => !ch || invalidAnchorChars.has(ch);
class Lexer {
    constructor() {
        this.atEnd = false;
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        this.buffer = '';
        this.flowKey = false;
        this.flowLevel = 0;
        this.indentNext = 0;
        this.indentValue = 0;
        this.lineEndPos = null;
        this.next = null;
        this.pos = 0;
    }
    *lex(source, incomplete = false) {
        if (source) {
            if (typeof source !== 'string')
                throw TypeError('source is not a string');
            this.buffer = this.buffer ? this.buffer + source : source;
            this.lineEndPos = null;
        }
        this.atEnd = !incomplete;
        let next = this.next ?? 'stream';
        while (next && (incomplete || this.hasChars(1)))
            next = yield* this.parseNext(next);
    }
    atLineEnd() {
        let i = this.pos;
        let ch = this.buffer[i];
        while (ch === ' ' || ch === '\t')
            ch = this.buffer[++i];
        if (!ch || ch === '#' || ch === '\n')
            return true;
        if (ch === '\r')
            return this.buffer[i + 1] === '\n';
        return false;
    }
    charAt(n) {
        return this.buffer[this.pos + n];
    }
    continueScalar(offset) {
        let ch = this.buffer[offset];
        if (this.indentNext > 0) {
            let indent = 0;
            while (ch === ' ')
                ch = this.buffer[++indent + offset];
            if (ch === '\r') {
                const next = this.buffer[indent + offset + 1];
                if (next === '\n' || (!next && !this.atEnd))
                    return offset + indent + 1;
            }
            return ch === '\n' || indent >= this.indentNext || (!ch && !this.atEnd)
                ? offset + indent
                : -1;
        }
        if (ch === '-' || ch === '.') {
            const dt = this.buffer.substr(offset, 3);
            if ((dt === '---' || dt === '...') && isEmpty(this.buffer[offset + 3]))
                return -1;
        }
        return offset;
    }
    getLine() {
        let end = this.lineEndPos;
        if (typeof end !== 'number' || (end !== -1 && end < this.pos)) {
            end = this.buffer.indexOf('\n', this.pos);
            this.lineEndPos = end;
        }
        if (end === -1)
            return this.atEnd ? this.buffer.substring(this.pos) : null;
        if (this.buffer[end - 1] === '\r')
            end -= 1;
        return this.buffer.substring(this.pos, end);
    }
    hasChars(n) {
        return this.pos + n <= this.buffer.length;
    }
    setNext(state) {
        this.buffer = this.buffer.substring(this.pos);
        this.pos = 0;
        this.lineEndPos = null;
        this.next = state;
        return null;
    }
    peek(n) {
        return this.buffer.substr(this.pos, n);
    }
    *parseNext(next) {
        switch (next) {
            case 'stream':
                return yield* this.parseStream();
            case 'line-start':
                return yield* this.parseLineStart();
            case 'block-start':
                return yield* this.parseBlockStart();
            case 'doc':
                return yield* this.parseDocument();
            case 'flow':
                return yield* this.parseFlowCollection();
            case 'quoted-scalar':
                return yield* this.parseQuotedScalar();
            case 'block-scalar':
                return yield* this.parseBlockScalar();
            case 'plain-scalar':
                return yield* this.parsePlainScalar();
        }
    }
    *parseStream() {
        let line = this.getLine();
        if (line === null)
            return this.setNext('stream');
        if (line[0] === cst.BOM) {
            yield* this.pushCount(1);
            line = line.substring(1);
        }
        if (line[0] === '%') {
            let dirEnd = line.length;
            let cs = line.indexOf('#');
            while (cs !== -1) {
                const ch = line[cs - 1];
                if (ch === ' ' || ch === '\t') {
                    dirEnd = cs - 1;
                    break;
                }
                else {
                    cs = line.indexOf('#', cs + 1);
                }
            }
            while (true) {
                const ch = line[dirEnd - 1];
                if (ch === ' ' || ch === '\t')
                    dirEnd -= 1;
                else
                    break;
            }
            const n = (yield* this.pushCount(dirEnd)) + (yield* this.pushSpaces(true));
            yield* this.pushCount(line.length - n); // possible comment
            this.pushNewline();
            return 'stream';
        }
        if (this.atLineEnd()) {
            const sp = yield* this.pushSpaces(true);
            yield* this.pushCount(line.length - sp);
            yield* this.pushNewline();
            return 'stream';
        }
        yield cst.DOCUMENT;
        return yield* this.parseLineStart();
    }
    *parseLineStart() {
        const ch = this.charAt(0);
        if (!ch && !this.atEnd)
            return this.setNext('line-start');
        if (ch === '-' || ch === '.') {
            if (!this.atEnd && !this.hasChars(4))
                return this.setNext('line-start');
            const s = this.peek(3);
            if ((s === '---' || s === '...') && isEmpty(this.charAt(3))) {
                yield* this.pushCount(3);
                this.indentValue = 0;
                this.indentNext = 0;
                return s === '---' ? 'doc' : 'stream';
            }
        }
        this.indentValue = yield* this.pushSpaces(false);
        if (this.indentNext > this.indentValue && !isEmpty(this.charAt(1)))
            this.indentNext = this.indentValue;
        return yield* this.parseBlockStart();
    }
    *parseBlockStart() {
        const [ch0, ch1] = this.peek(2);
        if (!ch1 && !this.atEnd)
            return this.setNext('block-start');
        if ((ch0 === '-' || ch0 === '?' || ch0 === ':') && isEmpty(ch1)) {
            const n = (yield* this.pushCount(1)) + (yield* this.pushSpaces(true));
            this.indentNext = this.indentValue + 1;
            this.indentValue += n;
            return 'block-start';
        }
        return 'doc';
    }
    *parseDocument() {
        yield* this.pushSpaces(true);
        const line = this.getLine();
        if (line === null)
            return this.setNext('doc');
        let n = yield* this.pushIndicators();
        switch (line[n]) {
            case '#':
                yield* this.pushCount(line.length - n);
            case undefined:
                yield* this.pushNewline();
                return yield* this.parseLineStart();
            case '{':
            case '[':
                yield* this.pushCount(1);
                this.flowKey = false;
                this.flowLevel = 1;
                return 'flow';
            case '}':
            case ']':
                yield* this.pushCount(1);
                return 'doc';
            case '*':
                yield* this.pushUntil(isNotAnchorChar);
                return 'doc';
            case '"':
            case "'":
                return yield* this.parseQuotedScalar();
            case '|':
            case '>':
                n += yield* this.parseBlockScalarHeader();
                n += yield* this.pushSpaces(true);
                yield* this.pushCount(line.length - n);
                yield* this.pushNewline();
                return yield* this.parseBlockScalar();
            default:
                return yield* this.parsePlainScalar();
        }
    }
    *parseFlowCollection() {
        let nl, sp;
        let indent = -1;
        do {
            nl = yield* this.pushNewline();
            if (nl > 0) {
                sp = yield* this.pushSpaces(false);
                this.indentValue = indent = sp;
            }
            else {
                sp = 0;
            }
            sp += yield* this.pushSpaces(true);
        } while (nl + sp > 0);
        const line = this.getLine();
        if (line === null)
            return this.setNext('flow');
        if ((indent !== -1 && indent < this.indentNext && line[0] !== '#') ||
            (indent === 0 &&
                (line.startsWith('---') || line.startsWith('...')) &&
                isEmpty(line[3]))) {
            const atFlowEndMarker = indent === this.indentNext - 1 &&
                this.flowLevel === 1 &&
                (line[0] === ']' || line[0] === '}');
            if (!atFlowEndMarker) {
                this.flowLevel = 0;
                yield cst.FLOW_END;
                return yield* this.parseLineStart();
            }
        }
        let n = 0;
        while (line[n] === ',') {
            n += yield* this.pushCount(1);
            n += yield* this.pushSpaces(true);
            this.flowKey = false;
        }
        n += yield* this.pushIndicators();
        switch (line[n]) {
            case undefined:
                return 'flow';
            case '#':
                yield* this.pushCount(line.length - n);
                return 'flow';
            case '{':
            case '[':
                yield* this.pushCount(1);
                this.flowKey = false;
                this.flowLevel += 1;
                return 'flow';
            case '}':
            case ']':
                yield* this.pushCount(1);
                this.flowKey = true;
                this.flowLevel -= 1;
                return this.flowLevel ? 'flow' : 'doc';
            case '*':
                yield* this.pushUntil(isNotAnchorChar);
                return 'flow';
            case '"':
            case "'":
                this.flowKey = true;
                return yield* this.parseQuotedScalar();
            case ':': {
                const next = this.charAt(1);
                if (this.flowKey || isEmpty(next) || next === ',') {
                    this.flowKey = false;
                    yield* this.pushCount(1);
                    yield* this.pushSpaces(true);
                    return 'flow';
                }
            }
            default:
                this.flowKey = false;
                return yield* this.parsePlainScalar();
        }
    }
    *parseQuotedScalar() {
        const quote = this.charAt(0);
        let end = this.buffer.indexOf(quote, this.pos + 1);
        if (quote === "'") {
            while (end !== -1 && this.buffer[end + 1] === "'")
                end = this.buffer.indexOf("'", end + 2);
        }
        else {
            while (end !== -1) {
                let n = 0;
                while (this.buffer[end - 1 - n] === '\\')
                    n += 1;
                if (n % 2 === 0)
                    break;
                end = this.buffer.indexOf('"', end + 1);
            }
        }
        const qb = this.buffer.substring(0, end);
        let nl = qb.indexOf('\n', this.pos);
        if (nl !== -1) {
            while (nl !== -1) {
                const cs = this.continueScalar(nl + 1);
                if (cs === -1)
                    break;
                nl = qb.indexOf('\n', cs);
            }
            if (nl !== -1) {
                end = nl - (qb[nl - 1] === '\r' ? 2 : 1);
            }
        }
        if (end === -1) {
            if (!this.atEnd)
                return this.setNext('quoted-scalar');
            end = this.buffer.length;
        }
        yield* this.pushToIndex(end + 1, false);
        return this.flowLevel ? 'flow' : 'doc';
    }
    *parseBlockScalarHeader() {
        this.blockScalarIndent = -1;
        this.blockScalarKeep = false;
        let i = this.pos;
        while (true) {
            const ch = this.buffer[++i];
            if (ch === '+')
                this.blockScalarKeep = true;
            else if (ch > '0' && ch <= '9')
                this.blockScalarIndent = Number(ch) - 1;
            else if (ch !== '-')
                break;
        }
        return yield* this.pushUntil(ch => isEmpty(ch) || ch === '#');
    }
    *parseBlockScalar() {
        let nl = this.pos - 1; // may be -1 if this.pos === 0
        let indent = 0;
        let ch;
        loop: for (let i = this.pos; (ch = this.buffer[i]); ++i) {
            switch (ch) {
                case ' ':
                    indent += 1;
                    break;
                case '\n':
                    nl = i;
                    indent = 0;
                    break;
                case '\r': {
                    const next = this.buffer[i + 1];
                    if (!next && !this.atEnd)
                        return this.setNext('block-scalar');
                    if (next === '\n')
                        break;
                } // fallthrough
                default:
                    break loop;
            }
        }
        if (!ch && !this.atEnd)
            return this.setNext('block-scalar');
        if (indent >= this.indentNext) {
            if (this.blockScalarIndent === -1)
                this.indentNext = indent;
            else {
                this.indentNext =
                    this.blockScalarIndent + (this.indentNext === 0 ? 1 : this.indentNext);
            }
            do {
                const cs = this.continueScalar(nl + 1);
                if (cs === -1)
                    break;
                nl = this.buffer.indexOf('\n', cs);
            } while (nl !== -1);
            if (nl === -1) {
                if (!this.atEnd)
                    return this.setNext('block-scalar');
                nl = this.buffer.length;
            }
        }
        let i = nl + 1;
        ch = this.buffer[i];
        while (ch === ' ')
            ch = this.buffer[++i];
        if (ch === '\t') {
            while (ch === '\t' || ch === ' ' || ch === '\r' || ch === '\n')
                ch = this.buffer[++i];
            nl = i - 1;
        }
        else if (!this.blockScalarKeep) {
            do {
                let i = nl - 1;
                let ch = this.buffer[i];
                if (ch === '\r')
                    ch = this.buffer[--i];
                const lastChar = i; // Drop the line if last char not more indented
                while (ch === ' ')
                    ch = this.buffer[--i];
                if (ch === '\n' && i >= this.pos && i + 1 + indent > lastChar)
                    nl = i;
                else
                    break;
            } while (true);
        }
        yield cst.SCALAR;
        yield* this.pushToIndex(nl + 1, true);
        return yield* this.parseLineStart();
    }
    *parsePlainScalar() {
        const inFlow = this.flowLevel > 0;
        let end = this.pos - 1;
        let i = this.pos - 1;
        let ch;
        while ((ch = this.buffer[++i])) {
            if (ch === ':') {
                const next = this.buffer[i + 1];
                if (isEmpty(next) || (inFlow && flowIndicatorChars.has(next)))
                    break;
                end = i;
            }
            else if (isEmpty(ch)) {
                let next = this.buffer[i + 1];
                if (ch === '\r') {
                    if (next === '\n') {
                        i += 1;
                        ch = '\n';
                        next = this.buffer[i + 1];
                    }
                    else
                        end = i;
                }
                if (next === '#' || (inFlow && flowIndicatorChars.has(next)))
                    break;
                if (ch === '\n') {
                    const cs = this.continueScalar(i + 1);
                    if (cs === -1)
                        break;
                    i = Math.max(i, cs - 2); // to advance, but still account for ' #'
                }
            }
            else {
                if (inFlow && flowIndicatorChars.has(ch))
                    break;
                end = i;
            }
        }
        if (!ch && !this.atEnd)
            return this.setNext('plain-scalar');
        yield cst.SCALAR;
        yield* this.pushToIndex(end + 1, true);
        return inFlow ? 'flow' : 'doc';
    }
    *pushCount(n) {
        if (n > 0) {
            yield this.buffer.substr(this.pos, n);
            this.pos += n;
            return n;
        }
        return 0;
    }
    *pushToIndex(i, allowEmpty) {
        const s = this.buffer.slice(this.pos, i);
        if (s) {
            yield s;
            this.pos += s.length;
            return s.length;
        }
        else if (allowEmpty)
            yield '';
        return 0;
    }
    *pushIndicators() {
        let n = 0;
        loop: while (true) {
            switch (this.charAt(0)) {
                case '!':
                    n += yield* this.pushTag();
                    n += yield* this.pushSpaces(true);
                    continue loop;
                case '&':
                    n += yield* this.pushUntil(isNotAnchorChar);
                    n += yield* this.pushSpaces(true);
                    continue loop;
                case '-': // this is an error
                case '?': // this is an error outside flow collections
                case ':': {
                    const inFlow = this.flowLevel > 0;
                    const ch1 = this.charAt(1);
                    if (isEmpty(ch1) || (inFlow && flowIndicatorChars.has(ch1))) {
                        if (!inFlow)
                            this.indentNext = this.indentValue + 1;
                        else if (this.flowKey)
                            this.flowKey = false;
                        n += yield* this.pushCount(1);
                        n += yield* this.pushSpaces(true);
                        continue loop;
                    }
                }
            }
            break loop;
        }
        return n;
    }
    *pushTag() {
        if (this.charAt(1) === '<') {
            let i = this.pos + 2;
            let ch = this.buffer[i];
            while (!isEmpty(ch) && ch !== '>')
                ch = this.buffer[++i];
            return yield* this.pushToIndex(ch === '>' ? i + 1 : i, false);
        }
        else {
            let i = this.pos + 1;
            let ch = this.buffer[i];
            while (ch) {
                if (tagChars.has(ch))
                    ch = this.buffer[++i];
                else if (ch === '%' &&
                    hexDigits.has(this.buffer[i + 1]) &&
                    hexDigits.has(this.buffer[i + 2])) {
                    ch = this.buffer[(i += 3)];
                }
                else
                    break;
            }
            return yield* this.pushToIndex(i, false);
        }
    }
    *pushNewline() {
        const ch = this.buffer[this.pos];
        if (ch === '\n')
            return yield* this.pushCount(1);
        else if (ch === '\r' && this.charAt(1) === '\n')
            return yield* this.pushCount(2);
        else
            return 0;
    }
    *pushSpaces(allowTabs) {
        let i = this.pos - 1;
        let ch;
        do {
            ch = this.buffer[++i];
        } while (ch === ' ' || (allowTabs && ch === '\t'));
        const n = i - this.pos;
        if (n > 0) {
            yield this.buffer.substr(this.pos, n);
            this.pos = i;
        }
        return n;
    }
    *pushUntil(test) {
        let i = this.pos;
        let ch = this.buffer[i];
        while (!test(ch))
            ch = this.buffer[++i];
        return yield* this.pushToIndex(i, false);
    }
}

exports.Lexer = Lexer;


/***/ }),

/***/ 6628:
/***/ ((__unused_webpack_module, exports) => {



class LineCounter {
    constructor() {
        this.lineStarts = [];
        this.addNewLine = (offset) => this.lineStarts.push(offset);
        this.linePos = (offset) => {
            let low = 0;
            let high = this.lineStarts.length;
            while (low < high) {
                const mid = (low + high) >> 1; // Math.floor((low + high) / 2)
                if (this.lineStarts[mid] < offset)
                    low = mid + 1;
                else
                    high = mid;
            }
            if (this.lineStarts[low] === offset)
                return { line: low + 1, col: 1 };
            if (low === 0)
                return { line: 0, col: offset };
            const start = this.lineStarts[low - 1];
            return { line: low, col: offset - start + 1 };
        };
    }
}

exports.LineCounter = LineCounter;


/***/ }),

/***/ 3456:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_process = __nccwpck_require__(932);
var cst = __nccwpck_require__(3461);
var lexer = __nccwpck_require__(361);

function includesToken(list, type) {
    for (let i = 0; i < list.length; ++i)
        if (list[i].type === type)
            return true;
    return false;
}
function findNonEmptyIndex(list) {
    for (let i = 0; i < list.length; ++i) {
        switch (list[i].type) {
            case 'space':
            case 'comment':
            case 'newline':
                break;
            default:
                return i;
        }
    }
    return -1;
}
function isFlowToken(token) {
    switch (token?.type) {
        case 'alias':
        case 'scalar':
        case 'single-quoted-scalar':
        case 'double-quoted-scalar':
        case 'flow-collection':
            return true;
        default:
            return false;
    }
}
function getPrevProps(parent) {
    switch (parent.type) {
        case 'document':
            return parent.start;
        case 'block-map': {
            const it = parent.items[parent.items.length - 1];
            return it.sep ?? it.start;
        }
        case 'block-seq':
            return parent.items[parent.items.length - 1].start;
        default:
            return [];
    }
}
function getFirstKeyStartProps(prev) {
    if (prev.length === 0)
        return [];
    let i = prev.length;
    loop: while (--i >= 0) {
        switch (prev[i].type) {
            case 'doc-start':
            case 'explicit-key-ind':
            case 'map-value-ind':
            case 'seq-item-ind':
            case 'newline':
                break loop;
        }
    }
    while (prev[++i]?.type === 'space') {
    }
    return prev.splice(i, prev.length);
}
function arrayPushArray(target, source) {
    if (source.length < 1e5)
        Array.prototype.push.apply(target, source);
    else
        for (let i = 0; i < source.length; ++i)
            target.push(source[i]);
}
function fixFlowSeqItems(fc) {
    if (fc.start.type === 'flow-seq-start') {
        for (const it of fc.items) {
            if (it.sep &&
                !it.value &&
                !includesToken(it.start, 'explicit-key-ind') &&
                !includesToken(it.sep, 'map-value-ind')) {
                if (it.key)
                    it.value = it.key;
                delete it.key;
                if (isFlowToken(it.value)) {
                    if (it.value.end)
                        arrayPushArray(it.value.end, it.sep);
                    else
                        it.value.end = it.sep;
                }
                else
                    arrayPushArray(it.start, it.sep);
                delete it.sep;
            }
        }
    }
}
class Parser {
    constructor(onNewLine) {
        this.atNewLine = true;
        this.atScalar = false;
        this.indent = 0;
        this.offset = 0;
        this.onKeyLine = false;
        this.stack = [];
        this.source = '';
        this.type = '';
        this.lexer = new lexer.Lexer();
        this.onNewLine = onNewLine;
    }
    *parse(source, incomplete = false) {
        if (this.onNewLine && this.offset === 0)
            this.onNewLine(0);
        for (const lexeme of this.lexer.lex(source, incomplete))
            yield* this.next(lexeme);
        if (!incomplete)
            yield* this.end();
    }
    *next(source) {
        this.source = source;
        if (node_process.env.LOG_TOKENS)
            console.log('|', cst.prettyToken(source));
        if (this.atScalar) {
            this.atScalar = false;
            yield* this.step();
            this.offset += source.length;
            return;
        }
        const type = cst.tokenType(source);
        if (!type) {
            const message = `Not a YAML token: ${source}`;
            yield* this.pop({ type: 'error', offset: this.offset, message, source });
            this.offset += source.length;
        }
        else if (type === 'scalar') {
            this.atNewLine = false;
            this.atScalar = true;
            this.type = 'scalar';
        }
        else {
            this.type = type;
            yield* this.step();
            switch (type) {
                case 'newline':
                    this.atNewLine = true;
                    this.indent = 0;
                    if (this.onNewLine)
                        this.onNewLine(this.offset + source.length);
                    break;
                case 'space':
                    if (this.atNewLine && source[0] === ' ')
                        this.indent += source.length;
                    break;
                case 'explicit-key-ind':
                case 'map-value-ind':
                case 'seq-item-ind':
                    if (this.atNewLine)
                        this.indent += source.length;
                    break;
                case 'doc-mode':
                case 'flow-error-end':
                    return;
                default:
                    this.atNewLine = false;
            }
            this.offset += source.length;
        }
    }
    *end() {
        while (this.stack.length > 0)
            yield* this.pop();
    }
    get sourceToken() {
        const st = {
            type: this.type,
            offset: this.offset,
            indent: this.indent,
            source: this.source
        };
        return st;
    }
    *step() {
        const top = this.peek(1);
        if (this.type === 'doc-end' && top?.type !== 'doc-end') {
            while (this.stack.length > 0)
                yield* this.pop();
            this.stack.push({
                type: 'doc-end',
                offset: this.offset,
                source: this.source
            });
            return;
        }
        if (!top)
            return yield* this.stream();
        switch (top.type) {
            case 'document':
                return yield* this.document(top);
            case 'alias':
            case 'scalar':
            case 'single-quoted-scalar':
            case 'double-quoted-scalar':
                return yield* this.scalar(top);
            case 'block-scalar':
                return yield* this.blockScalar(top);
            case 'block-map':
                return yield* this.blockMap(top);
            case 'block-seq':
                return yield* this.blockSequence(top);
            case 'flow-collection':
                return yield* this.flowCollection(top);
            case 'doc-end':
                return yield* this.documentEnd(top);
        }
        yield* this.pop();
    }
    peek(n) {
        return this.stack[this.stack.length - n];
    }
    *pop(error) {
        const token = error ?? this.stack.pop();
        if (!token) {
            const message = 'Tried to pop an empty stack';
            yield { type: 'error', offset: this.offset, source: '', message };
        }
        else if (this.stack.length === 0) {
            yield token;
        }
        else {
            const top = this.peek(1);
            if (token.type === 'block-scalar') {
                token.indent = 'indent' in top ? top.indent : 0;
            }
            else if (token.type === 'flow-collection' && top.type === 'document') {
                token.indent = 0;
            }
            if (token.type === 'flow-collection')
                fixFlowSeqItems(token);
            switch (top.type) {
                case 'document':
                    top.value = token;
                    break;
                case 'block-scalar':
                    top.props.push(token); // error
                    break;
                case 'block-map': {
                    const it = top.items[top.items.length - 1];
                    if (it.value) {
                        top.items.push({ start: [], key: token, sep: [] });
                        this.onKeyLine = true;
                        return;
                    }
                    else if (it.sep) {
                        it.value = token;
                    }
                    else {
                        Object.assign(it, { key: token, sep: [] });
                        this.onKeyLine = !it.explicitKey;
                        return;
                    }
                    break;
                }
                case 'block-seq': {
                    const it = top.items[top.items.length - 1];
                    if (it.value)
                        top.items.push({ start: [], value: token });
                    else
                        it.value = token;
                    break;
                }
                case 'flow-collection': {
                    const it = top.items[top.items.length - 1];
                    if (!it || it.value)
                        top.items.push({ start: [], key: token, sep: [] });
                    else if (it.sep)
                        it.value = token;
                    else
                        Object.assign(it, { key: token, sep: [] });
                    return;
                }
                default:
                    yield* this.pop();
                    yield* this.pop(token);
            }
            if ((top.type === 'document' ||
                top.type === 'block-map' ||
                top.type === 'block-seq') &&
                (token.type === 'block-map' || token.type === 'block-seq')) {
                const last = token.items[token.items.length - 1];
                if (last &&
                    !last.sep &&
                    !last.value &&
                    last.start.length > 0 &&
                    findNonEmptyIndex(last.start) === -1 &&
                    (token.indent === 0 ||
                        last.start.every(st => st.type !== 'comment' || st.indent < token.indent))) {
                    if (top.type === 'document')
                        top.end = last.start;
                    else
                        top.items.push({ start: last.start });
                    token.items.splice(-1, 1);
                }
            }
        }
    }
    *stream() {
        switch (this.type) {
            case 'directive-line':
                yield { type: 'directive', offset: this.offset, source: this.source };
                return;
            case 'byte-order-mark':
            case 'space':
            case 'comment':
            case 'newline':
                yield this.sourceToken;
                return;
            case 'doc-mode':
            case 'doc-start': {
                const doc = {
                    type: 'document',
                    offset: this.offset,
                    start: []
                };
                if (this.type === 'doc-start')
                    doc.start.push(this.sourceToken);
                this.stack.push(doc);
                return;
            }
        }
        yield {
            type: 'error',
            offset: this.offset,
            message: `Unexpected ${this.type} token in YAML stream`,
            source: this.source
        };
    }
    *document(doc) {
        if (doc.value)
            return yield* this.lineEnd(doc);
        switch (this.type) {
            case 'doc-start': {
                if (findNonEmptyIndex(doc.start) !== -1) {
                    yield* this.pop();
                    yield* this.step();
                }
                else
                    doc.start.push(this.sourceToken);
                return;
            }
            case 'anchor':
            case 'tag':
            case 'space':
            case 'comment':
            case 'newline':
                doc.start.push(this.sourceToken);
                return;
        }
        const bv = this.startBlockValue(doc);
        if (bv)
            this.stack.push(bv);
        else {
            yield {
                type: 'error',
                offset: this.offset,
                message: `Unexpected ${this.type} token in YAML document`,
                source: this.source
            };
        }
    }
    *scalar(scalar) {
        if (this.type === 'map-value-ind') {
            const prev = getPrevProps(this.peek(2));
            const start = getFirstKeyStartProps(prev);
            let sep;
            if (scalar.end) {
                sep = scalar.end;
                sep.push(this.sourceToken);
                delete scalar.end;
            }
            else
                sep = [this.sourceToken];
            const map = {
                type: 'block-map',
                offset: scalar.offset,
                indent: scalar.indent,
                items: [{ start, key: scalar, sep }]
            };
            this.onKeyLine = true;
            this.stack[this.stack.length - 1] = map;
        }
        else
            yield* this.lineEnd(scalar);
    }
    *blockScalar(scalar) {
        switch (this.type) {
            case 'space':
            case 'comment':
            case 'newline':
                scalar.props.push(this.sourceToken);
                return;
            case 'scalar':
                scalar.source = this.source;
                this.atNewLine = true;
                this.indent = 0;
                if (this.onNewLine) {
                    let nl = this.source.indexOf('\n') + 1;
                    while (nl !== 0) {
                        this.onNewLine(this.offset + nl);
                        nl = this.source.indexOf('\n', nl) + 1;
                    }
                }
                yield* this.pop();
                break;
            default:
                yield* this.pop();
                yield* this.step();
        }
    }
    *blockMap(map) {
        const it = map.items[map.items.length - 1];
        switch (this.type) {
            case 'newline':
                this.onKeyLine = false;
                if (it.value) {
                    const end = 'end' in it.value ? it.value.end : undefined;
                    const last = Array.isArray(end) ? end[end.length - 1] : undefined;
                    if (last?.type === 'comment')
                        end?.push(this.sourceToken);
                    else
                        map.items.push({ start: [this.sourceToken] });
                }
                else if (it.sep) {
                    it.sep.push(this.sourceToken);
                }
                else {
                    it.start.push(this.sourceToken);
                }
                return;
            case 'space':
            case 'comment':
                if (it.value) {
                    map.items.push({ start: [this.sourceToken] });
                }
                else if (it.sep) {
                    it.sep.push(this.sourceToken);
                }
                else {
                    if (this.atIndentedComment(it.start, map.indent)) {
                        const prev = map.items[map.items.length - 2];
                        const end = prev?.value?.end;
                        if (Array.isArray(end)) {
                            arrayPushArray(end, it.start);
                            end.push(this.sourceToken);
                            map.items.pop();
                            return;
                        }
                    }
                    it.start.push(this.sourceToken);
                }
                return;
        }
        if (this.indent >= map.indent) {
            const atMapIndent = !this.onKeyLine && this.indent === map.indent;
            const atNextItem = atMapIndent &&
                (it.sep || it.explicitKey) &&
                this.type !== 'seq-item-ind';
            let start = [];
            if (atNextItem && it.sep && !it.value) {
                const nl = [];
                for (let i = 0; i < it.sep.length; ++i) {
                    const st = it.sep[i];
                    switch (st.type) {
                        case 'newline':
                            nl.push(i);
                            break;
                        case 'space':
                            break;
                        case 'comment':
                            if (st.indent > map.indent)
                                nl.length = 0;
                            break;
                        default:
                            nl.length = 0;
                    }
                }
                if (nl.length >= 2)
                    start = it.sep.splice(nl[1]);
            }
            switch (this.type) {
                case 'anchor':
                case 'tag':
                    if (atNextItem || it.value) {
                        start.push(this.sourceToken);
                        map.items.push({ start });
                        this.onKeyLine = true;
                    }
                    else if (it.sep) {
                        it.sep.push(this.sourceToken);
                    }
                    else {
                        it.start.push(this.sourceToken);
                    }
                    return;
                case 'explicit-key-ind':
                    if (!it.sep && !it.explicitKey) {
                        it.start.push(this.sourceToken);
                        it.explicitKey = true;
                    }
                    else if (atNextItem || it.value) {
                        start.push(this.sourceToken);
                        map.items.push({ start, explicitKey: true });
                    }
                    else {
                        this.stack.push({
                            type: 'block-map',
                            offset: this.offset,
                            indent: this.indent,
                            items: [{ start: [this.sourceToken], explicitKey: true }]
                        });
                    }
                    this.onKeyLine = true;
                    return;
                case 'map-value-ind':
                    if (it.explicitKey) {
                        if (!it.sep) {
                            if (includesToken(it.start, 'newline')) {
                                Object.assign(it, { key: null, sep: [this.sourceToken] });
                            }
                            else {
                                const start = getFirstKeyStartProps(it.start);
                                this.stack.push({
                                    type: 'block-map',
                                    offset: this.offset,
                                    indent: this.indent,
                                    items: [{ start, key: null, sep: [this.sourceToken] }]
                                });
                            }
                        }
                        else if (it.value) {
                            map.items.push({ start: [], key: null, sep: [this.sourceToken] });
                        }
                        else if (includesToken(it.sep, 'map-value-ind')) {
                            this.stack.push({
                                type: 'block-map',
                                offset: this.offset,
                                indent: this.indent,
                                items: [{ start, key: null, sep: [this.sourceToken] }]
                            });
                        }
                        else if (isFlowToken(it.key) &&
                            !includesToken(it.sep, 'newline')) {
                            const start = getFirstKeyStartProps(it.start);
                            const key = it.key;
                            const sep = it.sep;
                            sep.push(this.sourceToken);
                            delete it.key;
                            delete it.sep;
                            this.stack.push({
                                type: 'block-map',
                                offset: this.offset,
                                indent: this.indent,
                                items: [{ start, key, sep }]
                            });
                        }
                        else if (start.length > 0) {
                            it.sep = it.sep.concat(start, this.sourceToken);
                        }
                        else {
                            it.sep.push(this.sourceToken);
                        }
                    }
                    else {
                        if (!it.sep) {
                            Object.assign(it, { key: null, sep: [this.sourceToken] });
                        }
                        else if (it.value || atNextItem) {
                            map.items.push({ start, key: null, sep: [this.sourceToken] });
                        }
                        else if (includesToken(it.sep, 'map-value-ind')) {
                            this.stack.push({
                                type: 'block-map',
                                offset: this.offset,
                                indent: this.indent,
                                items: [{ start: [], key: null, sep: [this.sourceToken] }]
                            });
                        }
                        else {
                            it.sep.push(this.sourceToken);
                        }
                    }
                    this.onKeyLine = true;
                    return;
                case 'alias':
                case 'scalar':
                case 'single-quoted-scalar':
                case 'double-quoted-scalar': {
                    const fs = this.flowScalar(this.type);
                    if (atNextItem || it.value) {
                        map.items.push({ start, key: fs, sep: [] });
                        this.onKeyLine = true;
                    }
                    else if (it.sep) {
                        this.stack.push(fs);
                    }
                    else {
                        Object.assign(it, { key: fs, sep: [] });
                        this.onKeyLine = true;
                    }
                    return;
                }
                default: {
                    const bv = this.startBlockValue(map);
                    if (bv) {
                        if (bv.type === 'block-seq') {
                            if (!it.explicitKey &&
                                it.sep &&
                                !includesToken(it.sep, 'newline')) {
                                yield* this.pop({
                                    type: 'error',
                                    offset: this.offset,
                                    message: 'Unexpected block-seq-ind on same line with key',
                                    source: this.source
                                });
                                return;
                            }
                        }
                        else if (atMapIndent) {
                            map.items.push({ start });
                        }
                        this.stack.push(bv);
                        return;
                    }
                }
            }
        }
        yield* this.pop();
        yield* this.step();
    }
    *blockSequence(seq) {
        const it = seq.items[seq.items.length - 1];
        switch (this.type) {
            case 'newline':
                if (it.value) {
                    const end = 'end' in it.value ? it.value.end : undefined;
                    const last = Array.isArray(end) ? end[end.length - 1] : undefined;
                    if (last?.type === 'comment')
                        end?.push(this.sourceToken);
                    else
                        seq.items.push({ start: [this.sourceToken] });
                }
                else
                    it.start.push(this.sourceToken);
                return;
            case 'space':
            case 'comment':
                if (it.value)
                    seq.items.push({ start: [this.sourceToken] });
                else {
                    if (this.atIndentedComment(it.start, seq.indent)) {
                        const prev = seq.items[seq.items.length - 2];
                        const end = prev?.value?.end;
                        if (Array.isArray(end)) {
                            arrayPushArray(end, it.start);
                            end.push(this.sourceToken);
                            seq.items.pop();
                            return;
                        }
                    }
                    it.start.push(this.sourceToken);
                }
                return;
            case 'anchor':
            case 'tag':
                if (it.value || this.indent <= seq.indent)
                    break;
                it.start.push(this.sourceToken);
                return;
            case 'seq-item-ind':
                if (this.indent !== seq.indent)
                    break;
                if (it.value || includesToken(it.start, 'seq-item-ind'))
                    seq.items.push({ start: [this.sourceToken] });
                else
                    it.start.push(this.sourceToken);
                return;
        }
        if (this.indent > seq.indent) {
            const bv = this.startBlockValue(seq);
            if (bv) {
                this.stack.push(bv);
                return;
            }
        }
        yield* this.pop();
        yield* this.step();
    }
    *flowCollection(fc) {
        const it = fc.items[fc.items.length - 1];
        if (this.type === 'flow-error-end') {
            let top;
            do {
                yield* this.pop();
                top = this.peek(1);
            } while (top?.type === 'flow-collection');
        }
        else if (fc.end.length === 0) {
            switch (this.type) {
                case 'comma':
                case 'explicit-key-ind':
                    if (!it || it.sep)
                        fc.items.push({ start: [this.sourceToken] });
                    else
                        it.start.push(this.sourceToken);
                    return;
                case 'map-value-ind':
                    if (!it || it.value)
                        fc.items.push({ start: [], key: null, sep: [this.sourceToken] });
                    else if (it.sep)
                        it.sep.push(this.sourceToken);
                    else
                        Object.assign(it, { key: null, sep: [this.sourceToken] });
                    return;
                case 'space':
                case 'comment':
                case 'newline':
                case 'anchor':
                case 'tag':
                    if (!it || it.value)
                        fc.items.push({ start: [this.sourceToken] });
                    else if (it.sep)
                        it.sep.push(this.sourceToken);
                    else
                        it.start.push(this.sourceToken);
                    return;
                case 'alias':
                case 'scalar':
                case 'single-quoted-scalar':
                case 'double-quoted-scalar': {
                    const fs = this.flowScalar(this.type);
                    if (!it || it.value)
                        fc.items.push({ start: [], key: fs, sep: [] });
                    else if (it.sep)
                        this.stack.push(fs);
                    else
                        Object.assign(it, { key: fs, sep: [] });
                    return;
                }
                case 'flow-map-end':
                case 'flow-seq-end':
                    fc.end.push(this.sourceToken);
                    return;
            }
            const bv = this.startBlockValue(fc);
            if (bv)
                this.stack.push(bv);
            else {
                yield* this.pop();
                yield* this.step();
            }
        }
        else {
            const parent = this.peek(2);
            if (parent.type === 'block-map' &&
                ((this.type === 'map-value-ind' && parent.indent === fc.indent) ||
                    (this.type === 'newline' &&
                        !parent.items[parent.items.length - 1].sep))) {
                yield* this.pop();
                yield* this.step();
            }
            else if (this.type === 'map-value-ind' &&
                parent.type !== 'flow-collection') {
                const prev = getPrevProps(parent);
                const start = getFirstKeyStartProps(prev);
                fixFlowSeqItems(fc);
                const sep = fc.end.splice(1, fc.end.length);
                sep.push(this.sourceToken);
                const map = {
                    type: 'block-map',
                    offset: fc.offset,
                    indent: fc.indent,
                    items: [{ start, key: fc, sep }]
                };
                this.onKeyLine = true;
                this.stack[this.stack.length - 1] = map;
            }
            else {
                yield* this.lineEnd(fc);
            }
        }
    }
    flowScalar(type) {
        if (this.onNewLine) {
            let nl = this.source.indexOf('\n') + 1;
            while (nl !== 0) {
                this.onNewLine(this.offset + nl);
                nl = this.source.indexOf('\n', nl) + 1;
            }
        }
        return {
            type,
            offset: this.offset,
            indent: this.indent,
            source: this.source
        };
    }
    startBlockValue(parent) {
        switch (this.type) {
            case 'alias':
            case 'scalar':
            case 'single-quoted-scalar':
            case 'double-quoted-scalar':
                return this.flowScalar(this.type);
            case 'block-scalar-header':
                return {
                    type: 'block-scalar',
                    offset: this.offset,
                    indent: this.indent,
                    props: [this.sourceToken],
                    source: ''
                };
            case 'flow-map-start':
            case 'flow-seq-start':
                return {
                    type: 'flow-collection',
                    offset: this.offset,
                    indent: this.indent,
                    start: this.sourceToken,
                    items: [],
                    end: []
                };
            case 'seq-item-ind':
                return {
                    type: 'block-seq',
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start: [this.sourceToken] }]
                };
            case 'explicit-key-ind': {
                this.onKeyLine = true;
                const prev = getPrevProps(parent);
                const start = getFirstKeyStartProps(prev);
                start.push(this.sourceToken);
                return {
                    type: 'block-map',
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start, explicitKey: true }]
                };
            }
            case 'map-value-ind': {
                this.onKeyLine = true;
                const prev = getPrevProps(parent);
                const start = getFirstKeyStartProps(prev);
                return {
                    type: 'block-map',
                    offset: this.offset,
                    indent: this.indent,
                    items: [{ start, key: null, sep: [this.sourceToken] }]
                };
            }
        }
        return null;
    }
    atIndentedComment(start, indent) {
        if (this.type !== 'comment')
            return false;
        if (this.indent <= indent)
            return false;
        return start.every(st => st.type === 'newline' || st.type === 'space');
    }
    *documentEnd(docEnd) {
        if (this.type !== 'doc-mode') {
            if (docEnd.end)
                docEnd.end.push(this.sourceToken);
            else
                docEnd.end = [this.sourceToken];
            if (this.type === 'newline')
                yield* this.pop();
        }
    }
    *lineEnd(token) {
        switch (this.type) {
            case 'comma':
            case 'doc-start':
            case 'doc-end':
            case 'flow-seq-end':
            case 'flow-map-end':
            case 'map-value-ind':
                yield* this.pop();
                yield* this.step();
                break;
            case 'newline':
                this.onKeyLine = false;
            case 'space':
            case 'comment':
            default:
                if (token.end)
                    token.end.push(this.sourceToken);
                else
                    token.end = [this.sourceToken];
                if (this.type === 'newline')
                    yield* this.pop();
        }
    }
}

exports.Parser = Parser;


/***/ }),

/***/ 4047:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var composer = __nccwpck_require__(9984);
var Document = __nccwpck_require__(3021);
var errors = __nccwpck_require__(1464);
var log = __nccwpck_require__(7249);
var identity = __nccwpck_require__(1127);
var lineCounter = __nccwpck_require__(6628);
var parser = __nccwpck_require__(3456);

function parseOptions(options) {
    const prettyErrors = options.prettyErrors !== false;
    const lineCounter$1 = options.lineCounter || (prettyErrors && new lineCounter.LineCounter()) || null;
    return { lineCounter: lineCounter$1, prettyErrors };
}
function parseAllDocuments(source, options = {}) {
    const { lineCounter, prettyErrors } = parseOptions(options);
    const parser$1 = new parser.Parser(lineCounter?.addNewLine);
    const composer$1 = new composer.Composer(options);
    const docs = Array.from(composer$1.compose(parser$1.parse(source)));
    if (prettyErrors && lineCounter)
        for (const doc of docs) {
            doc.errors.forEach(errors.prettifyError(source, lineCounter));
            doc.warnings.forEach(errors.prettifyError(source, lineCounter));
        }
    if (docs.length > 0)
        return docs;
    return Object.assign([], { empty: true }, composer$1.streamInfo());
}
function parseDocument(source, options = {}) {
    const { lineCounter, prettyErrors } = parseOptions(options);
    const parser$1 = new parser.Parser(lineCounter?.addNewLine);
    const composer$1 = new composer.Composer(options);
    let doc = null;
    for (const _doc of composer$1.compose(parser$1.parse(source), true, source.length)) {
        if (!doc)
            doc = _doc;
        else if (doc.options.logLevel !== 'silent') {
            doc.errors.push(new errors.YAMLParseError(_doc.range.slice(0, 2), 'MULTIPLE_DOCS', 'Source contains multiple documents; please use YAML.parseAllDocuments()'));
            break;
        }
    }
    if (prettyErrors && lineCounter) {
        doc.errors.forEach(errors.prettifyError(source, lineCounter));
        doc.warnings.forEach(errors.prettifyError(source, lineCounter));
    }
    return doc;
}
function parse(src, reviver, options) {
    let _reviver = undefined;
    if (typeof reviver === 'function') {
        _reviver = reviver;
    }
    else if (options === undefined && reviver && typeof reviver === 'object') {
        options = reviver;
    }
    const doc = parseDocument(src, options);
    if (!doc)
        return null;
    doc.warnings.forEach(warning => log.warn(doc.options.logLevel, warning));
    if (doc.errors.length > 0) {
        if (doc.options.logLevel !== 'silent')
            throw doc.errors[0];
        else
            doc.errors = [];
    }
    return doc.toJS(Object.assign({ reviver: _reviver }, options));
}
function stringify(value, replacer, options) {
    let _replacer = null;
    if (typeof replacer === 'function' || Array.isArray(replacer)) {
        _replacer = replacer;
    }
    else if (options === undefined && replacer) {
        options = replacer;
    }
    if (typeof options === 'string')
        options = options.length;
    if (typeof options === 'number') {
        const indent = Math.round(options);
        options = indent < 1 ? undefined : indent > 8 ? { indent: 8 } : { indent };
    }
    if (value === undefined) {
        const { keepUndefined } = options ?? replacer ?? {};
        if (!keepUndefined)
            return undefined;
    }
    if (identity.isDocument(value) && !_replacer)
        return value.toString(options);
    return new Document.Document(value, _replacer, options).toString(options);
}

exports.parse = parse;
exports.parseAllDocuments = parseAllDocuments;
exports.parseDocument = parseDocument;
exports.stringify = stringify;


/***/ }),

/***/ 5840:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var map = __nccwpck_require__(7451);
var seq = __nccwpck_require__(1706);
var string = __nccwpck_require__(6464);
var tags = __nccwpck_require__(18);

const sortMapEntriesByKey = (a, b) => a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
class Schema {
    constructor({ compat, customTags, merge, resolveKnownTags, schema, sortMapEntries, toStringDefaults }) {
        this.compat = Array.isArray(compat)
            ? tags.getTags(compat, 'compat')
            : compat
                ? tags.getTags(null, compat)
                : null;
        this.name = (typeof schema === 'string' && schema) || 'core';
        this.knownTags = resolveKnownTags ? tags.coreKnownTags : {};
        this.tags = tags.getTags(customTags, this.name, merge);
        this.toStringOptions = toStringDefaults ?? null;
        Object.defineProperty(this, identity.MAP, { value: map.map });
        Object.defineProperty(this, identity.SCALAR, { value: string.string });
        Object.defineProperty(this, identity.SEQ, { value: seq.seq });
        this.sortMapEntries =
            typeof sortMapEntries === 'function'
                ? sortMapEntries
                : sortMapEntries === true
                    ? sortMapEntriesByKey
                    : null;
    }
    clone() {
        const copy = Object.create(Schema.prototype, Object.getOwnPropertyDescriptors(this));
        copy.tags = this.tags.slice();
        return copy;
    }
}

exports.Schema = Schema;


/***/ }),

/***/ 7451:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var YAMLMap = __nccwpck_require__(4454);

const map = {
    collection: 'map',
    default: true,
    nodeClass: YAMLMap.YAMLMap,
    tag: 'tag:yaml.org,2002:map',
    resolve(map, onError) {
        if (!identity.isMap(map))
            onError('Expected a mapping for this tag');
        return map;
    },
    createNode: (schema, obj, ctx) => YAMLMap.YAMLMap.from(schema, obj, ctx)
};

exports.map = map;


/***/ }),

/***/ 3632:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);

const nullTag = {
    identify: value => value == null,
    createNode: () => new Scalar.Scalar(null),
    default: true,
    tag: 'tag:yaml.org,2002:null',
    test: /^(?:~|[Nn]ull|NULL)?$/,
    resolve: () => new Scalar.Scalar(null),
    stringify: ({ source }, ctx) => typeof source === 'string' && nullTag.test.test(source)
        ? source
        : ctx.options.nullStr
};

exports.nullTag = nullTag;


/***/ }),

/***/ 1706:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var YAMLSeq = __nccwpck_require__(2223);

const seq = {
    collection: 'seq',
    default: true,
    nodeClass: YAMLSeq.YAMLSeq,
    tag: 'tag:yaml.org,2002:seq',
    resolve(seq, onError) {
        if (!identity.isSeq(seq))
            onError('Expected a sequence for this tag');
        return seq;
    },
    createNode: (schema, obj, ctx) => YAMLSeq.YAMLSeq.from(schema, obj, ctx)
};

exports.seq = seq;


/***/ }),

/***/ 6464:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyString = __nccwpck_require__(3069);

const string = {
    identify: value => typeof value === 'string',
    default: true,
    tag: 'tag:yaml.org,2002:str',
    resolve: str => str,
    stringify(item, ctx, onComment, onChompKeep) {
        ctx = Object.assign({ actualString: true }, ctx);
        return stringifyString.stringifyString(item, ctx, onComment, onChompKeep);
    }
};

exports.string = string;


/***/ }),

/***/ 3959:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);

const boolTag = {
    identify: value => typeof value === 'boolean',
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:[Tt]rue|TRUE|[Ff]alse|FALSE)$/,
    resolve: str => new Scalar.Scalar(str[0] === 't' || str[0] === 'T'),
    stringify({ source, value }, ctx) {
        if (source && boolTag.test.test(source)) {
            const sv = source[0] === 't' || source[0] === 'T';
            if (value === sv)
                return source;
        }
        return value ? ctx.options.trueStr : ctx.options.falseStr;
    }
};

exports.boolTag = boolTag;


/***/ }),

/***/ 8405:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var stringifyNumber = __nccwpck_require__(8689);

const floatNaN = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
    resolve: str => str.slice(-3).toLowerCase() === 'nan'
        ? NaN
        : str[0] === '-'
            ? Number.NEGATIVE_INFINITY
            : Number.POSITIVE_INFINITY,
    stringify: stringifyNumber.stringifyNumber
};
const floatExp = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    format: 'EXP',
    test: /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)[eE][-+]?[0-9]+$/,
    resolve: str => parseFloat(str),
    stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
    }
};
const float = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)$/,
    resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str));
        const dot = str.indexOf('.');
        if (dot !== -1 && str[str.length - 1] === '0')
            node.minFractionDigits = str.length - dot - 1;
        return node;
    },
    stringify: stringifyNumber.stringifyNumber
};

exports.float = float;
exports.floatExp = floatExp;
exports.floatNaN = floatNaN;


/***/ }),

/***/ 9874:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyNumber = __nccwpck_require__(8689);

const intIdentify = (value) => typeof value === 'bigint' || Number.isInteger(value);
const intResolve = (str, offset, radix, { intAsBigInt }) => (intAsBigInt ? BigInt(str) : parseInt(str.substring(offset), radix));
function intStringify(node, radix, prefix) {
    const { value } = node;
    if (intIdentify(value) && value >= 0)
        return prefix + value.toString(radix);
    return stringifyNumber.stringifyNumber(node);
}
const intOct = {
    identify: value => intIdentify(value) && value >= 0,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'OCT',
    test: /^0o[0-7]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 8, opt),
    stringify: node => intStringify(node, 8, '0o')
};
const int = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    test: /^[-+]?[0-9]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
    stringify: stringifyNumber.stringifyNumber
};
const intHex = {
    identify: value => intIdentify(value) && value >= 0,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'HEX',
    test: /^0x[0-9a-fA-F]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
    stringify: node => intStringify(node, 16, '0x')
};

exports.int = int;
exports.intHex = intHex;
exports.intOct = intOct;


/***/ }),

/***/ 896:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var map = __nccwpck_require__(7451);
var _null = __nccwpck_require__(3632);
var seq = __nccwpck_require__(1706);
var string = __nccwpck_require__(6464);
var bool = __nccwpck_require__(3959);
var float = __nccwpck_require__(8405);
var int = __nccwpck_require__(9874);

const schema = [
    map.map,
    seq.seq,
    string.string,
    _null.nullTag,
    bool.boolTag,
    int.intOct,
    int.int,
    int.intHex,
    float.floatNaN,
    float.floatExp,
    float.float
];

exports.schema = schema;


/***/ }),

/***/ 3559:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var map = __nccwpck_require__(7451);
var seq = __nccwpck_require__(1706);

function intIdentify(value) {
    return typeof value === 'bigint' || Number.isInteger(value);
}
const stringifyJSON = ({ value }) => JSON.stringify(value);
const jsonScalars = [
    {
        identify: value => typeof value === 'string',
        default: true,
        tag: 'tag:yaml.org,2002:str',
        resolve: str => str,
        stringify: stringifyJSON
    },
    {
        identify: value => value == null,
        createNode: () => new Scalar.Scalar(null),
        default: true,
        tag: 'tag:yaml.org,2002:null',
        test: /^null$/,
        resolve: () => null,
        stringify: stringifyJSON
    },
    {
        identify: value => typeof value === 'boolean',
        default: true,
        tag: 'tag:yaml.org,2002:bool',
        test: /^true$|^false$/,
        resolve: str => str === 'true',
        stringify: stringifyJSON
    },
    {
        identify: intIdentify,
        default: true,
        tag: 'tag:yaml.org,2002:int',
        test: /^-?(?:0|[1-9][0-9]*)$/,
        resolve: (str, _onError, { intAsBigInt }) => intAsBigInt ? BigInt(str) : parseInt(str, 10),
        stringify: ({ value }) => intIdentify(value) ? value.toString() : JSON.stringify(value)
    },
    {
        identify: value => typeof value === 'number',
        default: true,
        tag: 'tag:yaml.org,2002:float',
        test: /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/,
        resolve: str => parseFloat(str),
        stringify: stringifyJSON
    }
];
const jsonError = {
    default: true,
    tag: '',
    test: /^/,
    resolve(str, onError) {
        onError(`Unresolved plain scalar ${JSON.stringify(str)}`);
        return str;
    }
};
const schema = [map.map, seq.seq].concat(jsonScalars, jsonError);

exports.schema = schema;


/***/ }),

/***/ 18:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var map = __nccwpck_require__(7451);
var _null = __nccwpck_require__(3632);
var seq = __nccwpck_require__(1706);
var string = __nccwpck_require__(6464);
var bool = __nccwpck_require__(3959);
var float = __nccwpck_require__(8405);
var int = __nccwpck_require__(9874);
var schema = __nccwpck_require__(896);
var schema$1 = __nccwpck_require__(3559);
var binary = __nccwpck_require__(6083);
var merge = __nccwpck_require__(452);
var omap = __nccwpck_require__(303);
var pairs = __nccwpck_require__(8385);
var schema$2 = __nccwpck_require__(5913);
var set = __nccwpck_require__(1528);
var timestamp = __nccwpck_require__(6752);

const schemas = new Map([
    ['core', schema.schema],
    ['failsafe', [map.map, seq.seq, string.string]],
    ['json', schema$1.schema],
    ['yaml11', schema$2.schema],
    ['yaml-1.1', schema$2.schema]
]);
const tagsByName = {
    binary: binary.binary,
    bool: bool.boolTag,
    float: float.float,
    floatExp: float.floatExp,
    floatNaN: float.floatNaN,
    floatTime: timestamp.floatTime,
    int: int.int,
    intHex: int.intHex,
    intOct: int.intOct,
    intTime: timestamp.intTime,
    map: map.map,
    merge: merge.merge,
    null: _null.nullTag,
    omap: omap.omap,
    pairs: pairs.pairs,
    seq: seq.seq,
    set: set.set,
    timestamp: timestamp.timestamp
};
const coreKnownTags = {
    'tag:yaml.org,2002:binary': binary.binary,
    'tag:yaml.org,2002:merge': merge.merge,
    'tag:yaml.org,2002:omap': omap.omap,
    'tag:yaml.org,2002:pairs': pairs.pairs,
    'tag:yaml.org,2002:set': set.set,
    'tag:yaml.org,2002:timestamp': timestamp.timestamp
};
function getTags(customTags, schemaName, addMergeTag) {
    const schemaTags = schemas.get(schemaName);
    if (schemaTags && !customTags) {
        return addMergeTag && !schemaTags.includes(merge.merge)
            ? schemaTags.concat(merge.merge)
            : schemaTags.slice();
    }
    let tags = schemaTags;
    if (!tags) {
        if (Array.isArray(customTags))
            tags = [];
        else {
            const keys = Array.from(schemas.keys())
                .filter(key => key !== 'yaml11')
                .map(key => JSON.stringify(key))
                .join(', ');
            throw new Error(`Unknown schema "${schemaName}"; use one of ${keys} or define customTags array`);
        }
    }
    if (Array.isArray(customTags)) {
        for (const tag of customTags)
            tags = tags.concat(tag);
    }
    else if (typeof customTags === 'function') {
        tags = customTags(tags.slice());
    }
    if (addMergeTag)
        tags = tags.concat(merge.merge);
    return tags.reduce((tags, tag) => {
        const tagObj = typeof tag === 'string' ? tagsByName[tag] : tag;
        if (!tagObj) {
            const tagName = JSON.stringify(tag);
            const keys = Object.keys(tagsByName)
                .map(key => JSON.stringify(key))
                .join(', ');
            throw new Error(`Unknown custom tag ${tagName}; use one of ${keys}`);
        }
        if (!tags.includes(tagObj))
            tags.push(tagObj);
        return tags;
    }, []);
}

exports.coreKnownTags = coreKnownTags;
exports.getTags = getTags;


/***/ }),

/***/ 6083:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var node_buffer = __nccwpck_require__(181);
var Scalar = __nccwpck_require__(3301);
var stringifyString = __nccwpck_require__(3069);

const binary = {
    identify: value => value instanceof Uint8Array, // Buffer inherits from Uint8Array
    default: false,
    tag: 'tag:yaml.org,2002:binary',
    resolve(src, onError) {
        if (typeof node_buffer.Buffer === 'function') {
            return node_buffer.Buffer.from(src, 'base64');
        }
        else if (typeof atob === 'function') {
            const str = atob(src.replace(/[\n\r]/g, ''));
            const buffer = new Uint8Array(str.length);
            for (let i = 0; i < str.length; ++i)
                buffer[i] = str.charCodeAt(i);
            return buffer;
        }
        else {
            onError('This environment does not support reading binary tags; either Buffer or atob is required');
            return src;
        }
    },
    stringify({ comment, type, value }, ctx, onComment, onChompKeep) {
        if (!value)
            return '';
        const buf = value; // checked earlier by binary.identify()
        let str;
        if (typeof node_buffer.Buffer === 'function') {
            str =
                buf instanceof node_buffer.Buffer
                    ? buf.toString('base64')
                    : node_buffer.Buffer.from(buf.buffer).toString('base64');
        }
        else if (typeof btoa === 'function') {
            let s = '';
            for (let i = 0; i < buf.length; ++i)
                s += String.fromCharCode(buf[i]);
            str = btoa(s);
        }
        else {
            throw new Error('This environment does not support writing binary tags; either Buffer or btoa is required');
        }
        type ?? (type = Scalar.Scalar.BLOCK_LITERAL);
        if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
            const lineWidth = Math.max(ctx.options.lineWidth - ctx.indent.length, ctx.options.minContentWidth);
            const n = Math.ceil(str.length / lineWidth);
            const lines = new Array(n);
            for (let i = 0, o = 0; i < n; ++i, o += lineWidth) {
                lines[i] = str.substr(o, lineWidth);
            }
            str = lines.join(type === Scalar.Scalar.BLOCK_LITERAL ? '\n' : ' ');
        }
        return stringifyString.stringifyString({ comment, type, value: str }, ctx, onComment, onChompKeep);
    }
};

exports.binary = binary;


/***/ }),

/***/ 8398:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);

function boolStringify({ value, source }, ctx) {
    const boolObj = value ? trueTag : falseTag;
    if (source && boolObj.test.test(source))
        return source;
    return value ? ctx.options.trueStr : ctx.options.falseStr;
}
const trueTag = {
    identify: value => value === true,
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:Y|y|[Yy]es|YES|[Tt]rue|TRUE|[Oo]n|ON)$/,
    resolve: () => new Scalar.Scalar(true),
    stringify: boolStringify
};
const falseTag = {
    identify: value => value === false,
    default: true,
    tag: 'tag:yaml.org,2002:bool',
    test: /^(?:N|n|[Nn]o|NO|[Ff]alse|FALSE|[Oo]ff|OFF)$/,
    resolve: () => new Scalar.Scalar(false),
    stringify: boolStringify
};

exports.falseTag = falseTag;
exports.trueTag = trueTag;


/***/ }),

/***/ 5782:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var stringifyNumber = __nccwpck_require__(8689);

const floatNaN = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^(?:[-+]?\.(?:inf|Inf|INF)|\.nan|\.NaN|\.NAN)$/,
    resolve: (str) => str.slice(-3).toLowerCase() === 'nan'
        ? NaN
        : str[0] === '-'
            ? Number.NEGATIVE_INFINITY
            : Number.POSITIVE_INFINITY,
    stringify: stringifyNumber.stringifyNumber
};
const floatExp = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    format: 'EXP',
    test: /^[-+]?(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?[eE][-+]?[0-9]+$/,
    resolve: (str) => parseFloat(str.replace(/_/g, '')),
    stringify(node) {
        const num = Number(node.value);
        return isFinite(num) ? num.toExponential() : stringifyNumber.stringifyNumber(node);
    }
};
const float = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    test: /^[-+]?(?:[0-9][0-9_]*)?\.[0-9_]*$/,
    resolve(str) {
        const node = new Scalar.Scalar(parseFloat(str.replace(/_/g, '')));
        const dot = str.indexOf('.');
        if (dot !== -1) {
            const f = str.substring(dot + 1).replace(/_/g, '');
            if (f[f.length - 1] === '0')
                node.minFractionDigits = f.length;
        }
        return node;
    },
    stringify: stringifyNumber.stringifyNumber
};

exports.float = float;
exports.floatExp = floatExp;
exports.floatNaN = floatNaN;


/***/ }),

/***/ 873:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyNumber = __nccwpck_require__(8689);

const intIdentify = (value) => typeof value === 'bigint' || Number.isInteger(value);
function intResolve(str, offset, radix, { intAsBigInt }) {
    const sign = str[0];
    if (sign === '-' || sign === '+')
        offset += 1;
    str = str.substring(offset).replace(/_/g, '');
    if (intAsBigInt) {
        switch (radix) {
            case 2:
                str = `0b${str}`;
                break;
            case 8:
                str = `0o${str}`;
                break;
            case 16:
                str = `0x${str}`;
                break;
        }
        const n = BigInt(str);
        return sign === '-' ? BigInt(-1) * n : n;
    }
    const n = parseInt(str, radix);
    return sign === '-' ? -1 * n : n;
}
function intStringify(node, radix, prefix) {
    const { value } = node;
    if (intIdentify(value)) {
        const str = value.toString(radix);
        return value < 0 ? '-' + prefix + str.substr(1) : prefix + str;
    }
    return stringifyNumber.stringifyNumber(node);
}
const intBin = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'BIN',
    test: /^[-+]?0b[0-1_]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 2, opt),
    stringify: node => intStringify(node, 2, '0b')
};
const intOct = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'OCT',
    test: /^[-+]?0[0-7_]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 1, 8, opt),
    stringify: node => intStringify(node, 8, '0')
};
const int = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    test: /^[-+]?[0-9][0-9_]*$/,
    resolve: (str, _onError, opt) => intResolve(str, 0, 10, opt),
    stringify: stringifyNumber.stringifyNumber
};
const intHex = {
    identify: intIdentify,
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'HEX',
    test: /^[-+]?0x[0-9a-fA-F_]+$/,
    resolve: (str, _onError, opt) => intResolve(str, 2, 16, opt),
    stringify: node => intStringify(node, 16, '0x')
};

exports.int = int;
exports.intBin = intBin;
exports.intHex = intHex;
exports.intOct = intOct;


/***/ }),

/***/ 452:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);

const MERGE_KEY = '<<';
const merge = {
    identify: value => value === MERGE_KEY ||
        (typeof value === 'symbol' && value.description === MERGE_KEY),
    default: 'key',
    tag: 'tag:yaml.org,2002:merge',
    test: /^<<$/,
    resolve: () => Object.assign(new Scalar.Scalar(Symbol(MERGE_KEY)), {
        addToJSMap: addMergeToJSMap
    }),
    stringify: () => MERGE_KEY
};
const isMergeKey = (ctx, key) => (merge.identify(key) ||
    (identity.isScalar(key) &&
        (!key.type || key.type === Scalar.Scalar.PLAIN) &&
        merge.identify(key.value))) &&
    ctx?.doc.schema.tags.some(tag => tag.tag === merge.tag && tag.default);
function addMergeToJSMap(ctx, map, value) {
    const source = resolveAliasValue(ctx, value);
    if (identity.isSeq(source))
        for (const it of source.items)
            mergeValue(ctx, map, it);
    else if (Array.isArray(source))
        for (const it of source)
            mergeValue(ctx, map, it);
    else
        mergeValue(ctx, map, source);
}
function mergeValue(ctx, map, value) {
    const source = resolveAliasValue(ctx, value);
    if (!identity.isMap(source))
        throw new Error('Merge sources must be maps or map aliases');
    const srcMap = source.toJSON(null, ctx, Map);
    for (const [key, value] of srcMap) {
        if (map instanceof Map) {
            if (!map.has(key))
                map.set(key, value);
        }
        else if (map instanceof Set) {
            map.add(key);
        }
        else if (!Object.prototype.hasOwnProperty.call(map, key)) {
            Object.defineProperty(map, key, {
                value,
                writable: true,
                enumerable: true,
                configurable: true
            });
        }
    }
    return map;
}
function resolveAliasValue(ctx, value) {
    return ctx && identity.isAlias(value) ? value.resolve(ctx.doc, ctx) : value;
}

exports.addMergeToJSMap = addMergeToJSMap;
exports.isMergeKey = isMergeKey;
exports.merge = merge;


/***/ }),

/***/ 303:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var toJS = __nccwpck_require__(4043);
var YAMLMap = __nccwpck_require__(4454);
var YAMLSeq = __nccwpck_require__(2223);
var pairs = __nccwpck_require__(8385);

class YAMLOMap extends YAMLSeq.YAMLSeq {
    constructor() {
        super();
        this.add = YAMLMap.YAMLMap.prototype.add.bind(this);
        this.delete = YAMLMap.YAMLMap.prototype.delete.bind(this);
        this.get = YAMLMap.YAMLMap.prototype.get.bind(this);
        this.has = YAMLMap.YAMLMap.prototype.has.bind(this);
        this.set = YAMLMap.YAMLMap.prototype.set.bind(this);
        this.tag = YAMLOMap.tag;
    }
    toJSON(_, ctx) {
        if (!ctx)
            return super.toJSON(_);
        const map = new Map();
        if (ctx?.onCreate)
            ctx.onCreate(map);
        for (const pair of this.items) {
            let key, value;
            if (identity.isPair(pair)) {
                key = toJS.toJS(pair.key, '', ctx);
                value = toJS.toJS(pair.value, key, ctx);
            }
            else {
                key = toJS.toJS(pair, '', ctx);
            }
            if (map.has(key))
                throw new Error('Ordered maps must not include duplicate keys');
            map.set(key, value);
        }
        return map;
    }
    static from(schema, iterable, ctx) {
        const pairs$1 = pairs.createPairs(schema, iterable, ctx);
        const omap = new this();
        omap.items = pairs$1.items;
        return omap;
    }
}
YAMLOMap.tag = 'tag:yaml.org,2002:omap';
const omap = {
    collection: 'seq',
    identify: value => value instanceof Map,
    nodeClass: YAMLOMap,
    default: false,
    tag: 'tag:yaml.org,2002:omap',
    resolve(seq, onError) {
        const pairs$1 = pairs.resolvePairs(seq, onError);
        const seenKeys = [];
        for (const { key } of pairs$1.items) {
            if (identity.isScalar(key)) {
                if (seenKeys.includes(key.value)) {
                    onError(`Ordered maps must not include duplicate keys: ${key.value}`);
                }
                else {
                    seenKeys.push(key.value);
                }
            }
        }
        return Object.assign(new YAMLOMap(), pairs$1);
    },
    createNode: (schema, iterable, ctx) => YAMLOMap.from(schema, iterable, ctx)
};

exports.YAMLOMap = YAMLOMap;
exports.omap = omap;


/***/ }),

/***/ 8385:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var Scalar = __nccwpck_require__(3301);
var YAMLSeq = __nccwpck_require__(2223);

function resolvePairs(seq, onError) {
    if (identity.isSeq(seq)) {
        for (let i = 0; i < seq.items.length; ++i) {
            let item = seq.items[i];
            if (identity.isPair(item))
                continue;
            else if (identity.isMap(item)) {
                if (item.items.length > 1)
                    onError('Each pair must have its own sequence indicator');
                const pair = item.items[0] || new Pair.Pair(new Scalar.Scalar(null));
                if (item.commentBefore)
                    pair.key.commentBefore = pair.key.commentBefore
                        ? `${item.commentBefore}\n${pair.key.commentBefore}`
                        : item.commentBefore;
                if (item.comment) {
                    const cn = pair.value ?? pair.key;
                    cn.comment = cn.comment
                        ? `${item.comment}\n${cn.comment}`
                        : item.comment;
                }
                item = pair;
            }
            seq.items[i] = identity.isPair(item) ? item : new Pair.Pair(item);
        }
    }
    else
        onError('Expected a sequence for this tag');
    return seq;
}
function createPairs(schema, iterable, ctx) {
    const { replacer } = ctx;
    const pairs = new YAMLSeq.YAMLSeq(schema);
    pairs.tag = 'tag:yaml.org,2002:pairs';
    let i = 0;
    if (iterable && Symbol.iterator in Object(iterable))
        for (let it of iterable) {
            if (typeof replacer === 'function')
                it = replacer.call(iterable, String(i++), it);
            let key, value;
            if (Array.isArray(it)) {
                if (it.length === 2) {
                    key = it[0];
                    value = it[1];
                }
                else
                    throw new TypeError(`Expected [key, value] tuple: ${it}`);
            }
            else if (it && it instanceof Object) {
                const keys = Object.keys(it);
                if (keys.length === 1) {
                    key = keys[0];
                    value = it[key];
                }
                else {
                    throw new TypeError(`Expected tuple with one key, not ${keys.length} keys`);
                }
            }
            else {
                key = it;
            }
            pairs.items.push(Pair.createPair(key, value, ctx));
        }
    return pairs;
}
const pairs = {
    collection: 'seq',
    default: false,
    tag: 'tag:yaml.org,2002:pairs',
    resolve: resolvePairs,
    createNode: createPairs
};

exports.createPairs = createPairs;
exports.pairs = pairs;
exports.resolvePairs = resolvePairs;


/***/ }),

/***/ 5913:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var map = __nccwpck_require__(7451);
var _null = __nccwpck_require__(3632);
var seq = __nccwpck_require__(1706);
var string = __nccwpck_require__(6464);
var binary = __nccwpck_require__(6083);
var bool = __nccwpck_require__(8398);
var float = __nccwpck_require__(5782);
var int = __nccwpck_require__(873);
var merge = __nccwpck_require__(452);
var omap = __nccwpck_require__(303);
var pairs = __nccwpck_require__(8385);
var set = __nccwpck_require__(1528);
var timestamp = __nccwpck_require__(6752);

const schema = [
    map.map,
    seq.seq,
    string.string,
    _null.nullTag,
    bool.trueTag,
    bool.falseTag,
    int.intBin,
    int.intOct,
    int.int,
    int.intHex,
    float.floatNaN,
    float.floatExp,
    float.float,
    binary.binary,
    merge.merge,
    omap.omap,
    pairs.pairs,
    set.set,
    timestamp.intTime,
    timestamp.floatTime,
    timestamp.timestamp
];

exports.schema = schema;


/***/ }),

/***/ 1528:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Pair = __nccwpck_require__(7165);
var YAMLMap = __nccwpck_require__(4454);

class YAMLSet extends YAMLMap.YAMLMap {
    constructor(schema) {
        super(schema);
        this.tag = YAMLSet.tag;
    }
    add(key) {
        let pair;
        if (identity.isPair(key))
            pair = key;
        else if (key &&
            typeof key === 'object' &&
            'key' in key &&
            'value' in key &&
            key.value === null)
            pair = new Pair.Pair(key.key, null);
        else
            pair = new Pair.Pair(key, null);
        const prev = YAMLMap.findPair(this.items, pair.key);
        if (!prev)
            this.items.push(pair);
    }
    get(key, keepPair) {
        const pair = YAMLMap.findPair(this.items, key);
        return !keepPair && identity.isPair(pair)
            ? identity.isScalar(pair.key)
                ? pair.key.value
                : pair.key
            : pair;
    }
    set(key, value) {
        if (typeof value !== 'boolean')
            throw new Error(`Expected boolean value for set(key, value) in a YAML set, not ${typeof value}`);
        const prev = YAMLMap.findPair(this.items, key);
        if (prev && !value) {
            this.items.splice(this.items.indexOf(prev), 1);
        }
        else if (!prev && value) {
            this.items.push(new Pair.Pair(key));
        }
    }
    toJSON(_, ctx) {
        return super.toJSON(_, ctx, Set);
    }
    toString(ctx, onComment, onChompKeep) {
        if (!ctx)
            return JSON.stringify(this);
        if (this.hasAllNullValues(true))
            return super.toString(Object.assign({}, ctx, { allNullValues: true }), onComment, onChompKeep);
        else
            throw new Error('Set items must all have null values');
    }
    static from(schema, iterable, ctx) {
        const { replacer } = ctx;
        const set = new this(schema);
        if (iterable && Symbol.iterator in Object(iterable))
            for (let value of iterable) {
                if (typeof replacer === 'function')
                    value = replacer.call(iterable, value, value);
                set.items.push(Pair.createPair(value, null, ctx));
            }
        return set;
    }
}
YAMLSet.tag = 'tag:yaml.org,2002:set';
const set = {
    collection: 'map',
    identify: value => value instanceof Set,
    nodeClass: YAMLSet,
    default: false,
    tag: 'tag:yaml.org,2002:set',
    createNode: (schema, iterable, ctx) => YAMLSet.from(schema, iterable, ctx),
    resolve(map, onError) {
        if (identity.isMap(map)) {
            if (map.hasAllNullValues(true))
                return Object.assign(new YAMLSet(), map);
            else
                onError('Set items must all have null values');
        }
        else
            onError('Expected a mapping for this tag');
        return map;
    }
};

exports.YAMLSet = YAMLSet;
exports.set = set;


/***/ }),

/***/ 6752:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var stringifyNumber = __nccwpck_require__(8689);

function parseSexagesimal(str, asBigInt) {
    const sign = str[0];
    const parts = sign === '-' || sign === '+' ? str.substring(1) : str;
    const num = (n) => asBigInt ? BigInt(n) : Number(n);
    const res = parts
        .replace(/_/g, '')
        .split(':')
        .reduce((res, p) => res * num(60) + num(p), num(0));
    return (sign === '-' ? num(-1) * res : res);
}
function stringifySexagesimal(node) {
    let { value } = node;
    let num = (n) => n;
    if (typeof value === 'bigint')
        num = n => BigInt(n);
    else if (isNaN(value) || !isFinite(value))
        return stringifyNumber.stringifyNumber(node);
    let sign = '';
    if (value < 0) {
        sign = '-';
        value *= num(-1);
    }
    const _60 = num(60);
    const parts = [value % _60]; // seconds, including ms
    if (value < 60) {
        parts.unshift(0); // at least one : is required
    }
    else {
        value = (value - parts[0]) / _60;
        parts.unshift(value % _60); // minutes
        if (value >= 60) {
            value = (value - parts[0]) / _60;
            parts.unshift(value); // hours
        }
    }
    return (sign +
        parts
            .map(n => String(n).padStart(2, '0'))
            .join(':')
            .replace(/000000\d*$/, '') // % 60 may introduce error
    );
}
const intTime = {
    identify: value => typeof value === 'bigint' || Number.isInteger(value),
    default: true,
    tag: 'tag:yaml.org,2002:int',
    format: 'TIME',
    test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+$/,
    resolve: (str, _onError, { intAsBigInt }) => parseSexagesimal(str, intAsBigInt),
    stringify: stringifySexagesimal
};
const floatTime = {
    identify: value => typeof value === 'number',
    default: true,
    tag: 'tag:yaml.org,2002:float',
    format: 'TIME',
    test: /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*$/,
    resolve: str => parseSexagesimal(str, false),
    stringify: stringifySexagesimal
};
const timestamp = {
    identify: value => value instanceof Date,
    default: true,
    tag: 'tag:yaml.org,2002:timestamp',
    test: RegExp('^([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})' + // YYYY-Mm-Dd
        '(?:' + // time is optional
        '(?:t|T|[ \\t]+)' + // t | T | whitespace
        '([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2}(\\.[0-9]+)?)' + // Hh:Mm:Ss(.ss)?
        '(?:[ \\t]*(Z|[-+][012]?[0-9](?::[0-9]{2})?))?' + // Z | +5 | -03:30
        ')?$'),
    resolve(str) {
        const match = str.match(timestamp.test);
        if (!match)
            throw new Error('!!timestamp expects a date, starting with yyyy-mm-dd');
        const [, year, month, day, hour, minute, second] = match.map(Number);
        const millisec = match[7] ? Number((match[7] + '00').substr(1, 3)) : 0;
        let date = Date.UTC(year, month - 1, day, hour || 0, minute || 0, second || 0, millisec);
        const tz = match[8];
        if (tz && tz !== 'Z') {
            let d = parseSexagesimal(tz, false);
            if (Math.abs(d) < 30)
                d *= 60;
            date -= 60000 * d;
        }
        return new Date(date);
    },
    stringify: ({ value }) => value?.toISOString().replace(/(T00:00:00)?\.000Z$/, '') ?? ''
};

exports.floatTime = floatTime;
exports.intTime = intTime;
exports.timestamp = timestamp;


/***/ }),

/***/ 4475:
/***/ ((__unused_webpack_module, exports) => {



const FOLD_FLOW = 'flow';
const FOLD_BLOCK = 'block';
const FOLD_QUOTED = 'quoted';
function foldFlowLines(text, indent, mode = 'flow', { indentAtStart, lineWidth = 80, minContentWidth = 20, onFold, onOverflow } = {}) {
    if (!lineWidth || lineWidth < 0)
        return text;
    if (lineWidth < minContentWidth)
        minContentWidth = 0;
    const endStep = Math.max(1 + minContentWidth, 1 + lineWidth - indent.length);
    if (text.length <= endStep)
        return text;
    const folds = [];
    const escapedFolds = {};
    let end = lineWidth - indent.length;
    if (typeof indentAtStart === 'number') {
        if (indentAtStart > lineWidth - Math.max(2, minContentWidth))
            folds.push(0);
        else
            end = lineWidth - indentAtStart;
    }
    let split = undefined;
    let prev = undefined;
    let overflow = false;
    let i = -1;
    let escStart = -1;
    let escEnd = -1;
    if (mode === FOLD_BLOCK) {
        i = consumeMoreIndentedLines(text, i, indent.length);
        if (i !== -1)
            end = i + endStep;
    }
    for (let ch; (ch = text[(i += 1)]);) {
        if (mode === FOLD_QUOTED && ch === '\\') {
            escStart = i;
            switch (text[i + 1]) {
                case 'x':
                    i += 3;
                    break;
                case 'u':
                    i += 5;
                    break;
                case 'U':
                    i += 9;
                    break;
                default:
                    i += 1;
            }
            escEnd = i;
        }
        if (ch === '\n') {
            if (mode === FOLD_BLOCK)
                i = consumeMoreIndentedLines(text, i, indent.length);
            end = i + indent.length + endStep;
            split = undefined;
        }
        else {
            if (ch === ' ' &&
                prev &&
                prev !== ' ' &&
                prev !== '\n' &&
                prev !== '\t') {
                const next = text[i + 1];
                if (next && next !== ' ' && next !== '\n' && next !== '\t')
                    split = i;
            }
            if (i >= end) {
                if (split) {
                    folds.push(split);
                    end = split + endStep;
                    split = undefined;
                }
                else if (mode === FOLD_QUOTED) {
                    while (prev === ' ' || prev === '\t') {
                        prev = ch;
                        ch = text[(i += 1)];
                        overflow = true;
                    }
                    const j = i > escEnd + 1 ? i - 2 : escStart - 1;
                    if (escapedFolds[j])
                        return text;
                    folds.push(j);
                    escapedFolds[j] = true;
                    end = j + endStep;
                    split = undefined;
                }
                else {
                    overflow = true;
                }
            }
        }
        prev = ch;
    }
    if (overflow && onOverflow)
        onOverflow();
    if (folds.length === 0)
        return text;
    if (onFold)
        onFold();
    let res = text.slice(0, folds[0]);
    for (let i = 0; i < folds.length; ++i) {
        const fold = folds[i];
        const end = folds[i + 1] || text.length;
        if (fold === 0)
            res = `\n${indent}${text.slice(0, end)}`;
        else {
            if (mode === FOLD_QUOTED && escapedFolds[fold])
                res += `${text[fold]}\\`;
            res += `\n${indent}${text.slice(fold + 1, end)}`;
        }
    }
    return res;
}
function consumeMoreIndentedLines(text, i, indent) {
    let end = i;
    let start = i + 1;
    let ch = text[start];
    while (ch === ' ' || ch === '\t') {
        if (i < start + indent) {
            ch = text[++i];
        }
        else {
            do {
                ch = text[++i];
            } while (ch && ch !== '\n');
            end = i;
            start = i + 1;
            ch = text[start];
        }
    }
    return end;
}

exports.FOLD_BLOCK = FOLD_BLOCK;
exports.FOLD_FLOW = FOLD_FLOW;
exports.FOLD_QUOTED = FOLD_QUOTED;
exports.foldFlowLines = foldFlowLines;


/***/ }),

/***/ 2148:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var anchors = __nccwpck_require__(1596);
var identity = __nccwpck_require__(1127);
var stringifyComment = __nccwpck_require__(9799);
var stringifyString = __nccwpck_require__(3069);

function createStringifyContext(doc, options) {
    const opt = Object.assign({
        blockQuote: true,
        commentString: stringifyComment.stringifyComment,
        defaultKeyType: null,
        defaultStringType: 'PLAIN',
        directives: null,
        doubleQuotedAsJSON: false,
        doubleQuotedMinMultiLineLength: 40,
        falseStr: 'false',
        flowCollectionPadding: true,
        indentSeq: true,
        lineWidth: 80,
        minContentWidth: 20,
        nullStr: 'null',
        simpleKeys: false,
        singleQuote: null,
        trailingComma: false,
        trueStr: 'true',
        verifyAliasOrder: true
    }, doc.schema.toStringOptions, options);
    let inFlow;
    switch (opt.collectionStyle) {
        case 'block':
            inFlow = false;
            break;
        case 'flow':
            inFlow = true;
            break;
        default:
            inFlow = null;
    }
    return {
        anchors: new Set(),
        doc,
        flowCollectionPadding: opt.flowCollectionPadding ? ' ' : '',
        indent: '',
        indentStep: typeof opt.indent === 'number' ? ' '.repeat(opt.indent) : '  ',
        inFlow,
        options: opt
    };
}
function getTagObject(tags, item) {
    if (item.tag) {
        const match = tags.filter(t => t.tag === item.tag);
        if (match.length > 0)
            return match.find(t => t.format === item.format) ?? match[0];
    }
    let tagObj = undefined;
    let obj;
    if (identity.isScalar(item)) {
        obj = item.value;
        let match = tags.filter(t => t.identify?.(obj));
        if (match.length > 1) {
            const testMatch = match.filter(t => t.test);
            if (testMatch.length > 0)
                match = testMatch;
        }
        tagObj =
            match.find(t => t.format === item.format) ?? match.find(t => !t.format);
    }
    else {
        obj = item;
        tagObj = tags.find(t => t.nodeClass && obj instanceof t.nodeClass);
    }
    if (!tagObj) {
        const name = obj?.constructor?.name ?? (obj === null ? 'null' : typeof obj);
        throw new Error(`Tag not resolved for ${name} value`);
    }
    return tagObj;
}
function stringifyProps(node, tagObj, { anchors: anchors$1, doc }) {
    if (!doc.directives)
        return '';
    const props = [];
    const anchor = (identity.isScalar(node) || identity.isCollection(node)) && node.anchor;
    if (anchor && anchors.anchorIsValid(anchor)) {
        anchors$1.add(anchor);
        props.push(`&${anchor}`);
    }
    const tag = node.tag ?? (tagObj.default ? null : tagObj.tag);
    if (tag)
        props.push(doc.directives.tagString(tag));
    return props.join(' ');
}
function stringify(item, ctx, onComment, onChompKeep) {
    if (identity.isPair(item))
        return item.toString(ctx, onComment, onChompKeep);
    if (identity.isAlias(item)) {
        if (ctx.doc.directives)
            return item.toString(ctx);
        if (ctx.resolvedAliases?.has(item)) {
            throw new TypeError(`Cannot stringify circular structure without alias nodes`);
        }
        else {
            if (ctx.resolvedAliases)
                ctx.resolvedAliases.add(item);
            else
                ctx.resolvedAliases = new Set([item]);
            item = item.resolve(ctx.doc);
        }
    }
    let tagObj = undefined;
    const node = identity.isNode(item)
        ? item
        : ctx.doc.createNode(item, { onTagObj: o => (tagObj = o) });
    tagObj ?? (tagObj = getTagObject(ctx.doc.schema.tags, node));
    const props = stringifyProps(node, tagObj, ctx);
    if (props.length > 0)
        ctx.indentAtStart = (ctx.indentAtStart ?? 0) + props.length + 1;
    const str = typeof tagObj.stringify === 'function'
        ? tagObj.stringify(node, ctx, onComment, onChompKeep)
        : identity.isScalar(node)
            ? stringifyString.stringifyString(node, ctx, onComment, onChompKeep)
            : node.toString(ctx, onComment, onChompKeep);
    if (!props)
        return str;
    return identity.isScalar(node) || str[0] === '{' || str[0] === '['
        ? `${props} ${str}`
        : `${props}\n${ctx.indent}${str}`;
}

exports.createStringifyContext = createStringifyContext;
exports.stringify = stringify;


/***/ }),

/***/ 1212:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var stringify = __nccwpck_require__(2148);
var stringifyComment = __nccwpck_require__(9799);

function stringifyCollection(collection, ctx, options) {
    const flow = ctx.inFlow ?? collection.flow;
    const stringify = flow ? stringifyFlowCollection : stringifyBlockCollection;
    return stringify(collection, ctx, options);
}
function stringifyBlockCollection({ comment, items }, ctx, { blockItemPrefix, flowChars, itemIndent, onChompKeep, onComment }) {
    const { indent, options: { commentString } } = ctx;
    const itemCtx = Object.assign({}, ctx, { indent: itemIndent, type: null });
    let chompKeep = false; // flag for the preceding node's status
    const lines = [];
    for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
            if (!chompKeep && item.spaceBefore)
                lines.push('');
            addCommentBefore(ctx, lines, item.commentBefore, chompKeep);
            if (item.comment)
                comment = item.comment;
        }
        else if (identity.isPair(item)) {
            const ik = identity.isNode(item.key) ? item.key : null;
            if (ik) {
                if (!chompKeep && ik.spaceBefore)
                    lines.push('');
                addCommentBefore(ctx, lines, ik.commentBefore, chompKeep);
            }
        }
        chompKeep = false;
        let str = stringify.stringify(item, itemCtx, () => (comment = null), () => (chompKeep = true));
        if (comment)
            str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        if (chompKeep && comment)
            chompKeep = false;
        lines.push(blockItemPrefix + str);
    }
    let str;
    if (lines.length === 0) {
        str = flowChars.start + flowChars.end;
    }
    else {
        str = lines[0];
        for (let i = 1; i < lines.length; ++i) {
            const line = lines[i];
            str += line ? `\n${indent}${line}` : '\n';
        }
    }
    if (comment) {
        str += '\n' + stringifyComment.indentComment(commentString(comment), indent);
        if (onComment)
            onComment();
    }
    else if (chompKeep && onChompKeep)
        onChompKeep();
    return str;
}
function stringifyFlowCollection({ items }, ctx, { flowChars, itemIndent }) {
    const { indent, indentStep, flowCollectionPadding: fcPadding, options: { commentString } } = ctx;
    itemIndent += indentStep;
    const itemCtx = Object.assign({}, ctx, {
        indent: itemIndent,
        inFlow: true,
        type: null
    });
    let reqNewline = false;
    let linesAtValue = 0;
    const lines = [];
    for (let i = 0; i < items.length; ++i) {
        const item = items[i];
        let comment = null;
        if (identity.isNode(item)) {
            if (item.spaceBefore)
                lines.push('');
            addCommentBefore(ctx, lines, item.commentBefore, false);
            if (item.comment)
                comment = item.comment;
        }
        else if (identity.isPair(item)) {
            const ik = identity.isNode(item.key) ? item.key : null;
            if (ik) {
                if (ik.spaceBefore)
                    lines.push('');
                addCommentBefore(ctx, lines, ik.commentBefore, false);
                if (ik.comment)
                    reqNewline = true;
            }
            const iv = identity.isNode(item.value) ? item.value : null;
            if (iv) {
                if (iv.comment)
                    comment = iv.comment;
                if (iv.commentBefore)
                    reqNewline = true;
            }
            else if (item.value == null && ik?.comment) {
                comment = ik.comment;
            }
        }
        if (comment)
            reqNewline = true;
        let str = stringify.stringify(item, itemCtx, () => (comment = null));
        reqNewline || (reqNewline = lines.length > linesAtValue || str.includes('\n'));
        if (i < items.length - 1) {
            str += ',';
        }
        else if (ctx.options.trailingComma) {
            if (ctx.options.lineWidth > 0) {
                reqNewline || (reqNewline = lines.reduce((sum, line) => sum + line.length + 2, 2) +
                    (str.length + 2) >
                    ctx.options.lineWidth);
            }
            if (reqNewline) {
                str += ',';
            }
        }
        if (comment)
            str += stringifyComment.lineComment(str, itemIndent, commentString(comment));
        lines.push(str);
        linesAtValue = lines.length;
    }
    const { start, end } = flowChars;
    if (lines.length === 0) {
        return start + end;
    }
    else {
        if (!reqNewline) {
            const len = lines.reduce((sum, line) => sum + line.length + 2, 2);
            reqNewline = ctx.options.lineWidth > 0 && len > ctx.options.lineWidth;
        }
        if (reqNewline) {
            let str = start;
            for (const line of lines)
                str += line ? `\n${indentStep}${indent}${line}` : '\n';
            return `${str}\n${indent}${end}`;
        }
        else {
            return `${start}${fcPadding}${lines.join(' ')}${fcPadding}${end}`;
        }
    }
}
function addCommentBefore({ indent, options: { commentString } }, lines, comment, chompKeep) {
    if (comment && chompKeep)
        comment = comment.replace(/^\n+/, '');
    if (comment) {
        const ic = stringifyComment.indentComment(commentString(comment), indent);
        lines.push(ic.trimStart()); // Avoid double indent on first line
    }
}

exports.stringifyCollection = stringifyCollection;


/***/ }),

/***/ 9799:
/***/ ((__unused_webpack_module, exports) => {



const stringifyComment = (str) => str.replace(/^(?!$)(?: $)?/gm, '#');
function indentComment(comment, indent) {
    if (/^\n+$/.test(comment))
        return comment.substring(1);
    return indent ? comment.replace(/^(?! *$)/gm, indent) : comment;
}
const lineComment = (str, indent, comment) => str.endsWith('\n')
    ? indentComment(comment, indent)
    : comment.includes('\n')
        ? '\n' + indentComment(comment, indent)
        : (str.endsWith(' ') ? '' : ' ') + comment;

exports.indentComment = indentComment;
exports.lineComment = lineComment;
exports.stringifyComment = stringifyComment;


/***/ }),

/***/ 6829:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var stringify = __nccwpck_require__(2148);
var stringifyComment = __nccwpck_require__(9799);

function stringifyDocument(doc, options) {
    const lines = [];
    let hasDirectives = options.directives === true;
    if (options.directives !== false && doc.directives) {
        const dir = doc.directives.toString(doc);
        if (dir) {
            lines.push(dir);
            hasDirectives = true;
        }
        else if (doc.directives.docStart)
            hasDirectives = true;
    }
    if (hasDirectives)
        lines.push('---');
    const ctx = stringify.createStringifyContext(doc, options);
    const { commentString } = ctx.options;
    if (doc.commentBefore) {
        if (lines.length !== 1)
            lines.unshift('');
        const cs = commentString(doc.commentBefore);
        lines.unshift(stringifyComment.indentComment(cs, ''));
    }
    let chompKeep = false;
    let contentComment = null;
    if (doc.contents) {
        if (identity.isNode(doc.contents)) {
            if (doc.contents.spaceBefore && hasDirectives)
                lines.push('');
            if (doc.contents.commentBefore) {
                const cs = commentString(doc.contents.commentBefore);
                lines.push(stringifyComment.indentComment(cs, ''));
            }
            ctx.forceBlockIndent = !!doc.comment;
            contentComment = doc.contents.comment;
        }
        const onChompKeep = contentComment ? undefined : () => (chompKeep = true);
        let body = stringify.stringify(doc.contents, ctx, () => (contentComment = null), onChompKeep);
        if (contentComment)
            body += stringifyComment.lineComment(body, '', commentString(contentComment));
        if ((body[0] === '|' || body[0] === '>') &&
            lines[lines.length - 1] === '---') {
            lines[lines.length - 1] = `--- ${body}`;
        }
        else
            lines.push(body);
    }
    else {
        lines.push(stringify.stringify(doc.contents, ctx));
    }
    if (doc.directives?.docEnd) {
        if (doc.comment) {
            const cs = commentString(doc.comment);
            if (cs.includes('\n')) {
                lines.push('...');
                lines.push(stringifyComment.indentComment(cs, ''));
            }
            else {
                lines.push(`... ${cs}`);
            }
        }
        else {
            lines.push('...');
        }
    }
    else {
        let dc = doc.comment;
        if (dc && chompKeep)
            dc = dc.replace(/^\n+/, '');
        if (dc) {
            if ((!chompKeep || contentComment) && lines[lines.length - 1] !== '')
                lines.push('');
            lines.push(stringifyComment.indentComment(commentString(dc), ''));
        }
    }
    return lines.join('\n') + '\n';
}

exports.stringifyDocument = stringifyDocument;


/***/ }),

/***/ 8689:
/***/ ((__unused_webpack_module, exports) => {



function stringifyNumber({ format, minFractionDigits, tag, value }) {
    if (typeof value === 'bigint')
        return String(value);
    const num = typeof value === 'number' ? value : Number(value);
    if (!isFinite(num))
        return isNaN(num) ? '.nan' : num < 0 ? '-.inf' : '.inf';
    let n = Object.is(value, -0) ? '-0' : JSON.stringify(value);
    if (!format &&
        minFractionDigits &&
        (!tag || tag === 'tag:yaml.org,2002:float') &&
        /^-?\d/.test(n) &&
        !n.includes('e')) {
        let i = n.indexOf('.');
        if (i < 0) {
            i = n.length;
            n += '.';
        }
        let d = minFractionDigits - (n.length - i - 1);
        while (d-- > 0)
            n += '0';
    }
    return n;
}

exports.stringifyNumber = stringifyNumber;


/***/ }),

/***/ 9748:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);
var Scalar = __nccwpck_require__(3301);
var stringify = __nccwpck_require__(2148);
var stringifyComment = __nccwpck_require__(9799);

function stringifyPair({ key, value }, ctx, onComment, onChompKeep) {
    const { allNullValues, doc, indent, indentStep, options: { commentString, indentSeq, simpleKeys } } = ctx;
    let keyComment = (identity.isNode(key) && key.comment) || null;
    if (simpleKeys) {
        if (keyComment) {
            throw new Error('With simple keys, key nodes cannot have comments');
        }
        if (identity.isCollection(key) || (!identity.isNode(key) && typeof key === 'object')) {
            const msg = 'With simple keys, collection cannot be used as a key value';
            throw new Error(msg);
        }
    }
    let explicitKey = !simpleKeys &&
        (!key ||
            (keyComment && value == null && !ctx.inFlow) ||
            identity.isCollection(key) ||
            (identity.isScalar(key)
                ? key.type === Scalar.Scalar.BLOCK_FOLDED || key.type === Scalar.Scalar.BLOCK_LITERAL
                : typeof key === 'object'));
    ctx = Object.assign({}, ctx, {
        allNullValues: false,
        implicitKey: !explicitKey && (simpleKeys || !allNullValues),
        indent: indent + indentStep
    });
    let keyCommentDone = false;
    let chompKeep = false;
    let str = stringify.stringify(key, ctx, () => (keyCommentDone = true), () => (chompKeep = true));
    if (!explicitKey && !ctx.inFlow && str.length > 1024) {
        if (simpleKeys)
            throw new Error('With simple keys, single line scalar must not span more than 1024 characters');
        explicitKey = true;
    }
    if (ctx.inFlow) {
        if (allNullValues || value == null) {
            if (keyCommentDone && onComment)
                onComment();
            return str === '' ? '?' : explicitKey ? `? ${str}` : str;
        }
    }
    else if ((allNullValues && !simpleKeys) || (value == null && explicitKey)) {
        str = `? ${str}`;
        if (keyComment && !keyCommentDone) {
            str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        }
        else if (chompKeep && onChompKeep)
            onChompKeep();
        return str;
    }
    if (keyCommentDone)
        keyComment = null;
    if (explicitKey) {
        if (keyComment)
            str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
        str = `? ${str}\n${indent}:`;
    }
    else {
        str = `${str}:`;
        if (keyComment)
            str += stringifyComment.lineComment(str, ctx.indent, commentString(keyComment));
    }
    let vsb, vcb, valueComment;
    if (identity.isNode(value)) {
        vsb = !!value.spaceBefore;
        vcb = value.commentBefore;
        valueComment = value.comment;
    }
    else {
        vsb = false;
        vcb = null;
        valueComment = null;
        if (value && typeof value === 'object')
            value = doc.createNode(value);
    }
    ctx.implicitKey = false;
    if (!explicitKey && !keyComment && identity.isScalar(value))
        ctx.indentAtStart = str.length + 1;
    chompKeep = false;
    if (!indentSeq &&
        indentStep.length >= 2 &&
        !ctx.inFlow &&
        !explicitKey &&
        identity.isSeq(value) &&
        !value.flow &&
        !value.tag &&
        !value.anchor) {
        ctx.indent = ctx.indent.substring(2);
    }
    let valueCommentDone = false;
    const valueStr = stringify.stringify(value, ctx, () => (valueCommentDone = true), () => (chompKeep = true));
    let ws = ' ';
    if (keyComment || vsb || vcb) {
        ws = vsb ? '\n' : '';
        if (vcb) {
            const cs = commentString(vcb);
            ws += `\n${stringifyComment.indentComment(cs, ctx.indent)}`;
        }
        if (valueStr === '' && !ctx.inFlow) {
            if (ws === '\n' && valueComment)
                ws = '\n\n';
        }
        else {
            ws += `\n${ctx.indent}`;
        }
    }
    else if (!explicitKey && identity.isCollection(value)) {
        const vs0 = valueStr[0];
        const nl0 = valueStr.indexOf('\n');
        const hasNewline = nl0 !== -1;
        const flow = ctx.inFlow ?? value.flow ?? value.items.length === 0;
        if (hasNewline || !flow) {
            let hasPropsLine = false;
            if (hasNewline && (vs0 === '&' || vs0 === '!')) {
                let sp0 = valueStr.indexOf(' ');
                if (vs0 === '&' &&
                    sp0 !== -1 &&
                    sp0 < nl0 &&
                    valueStr[sp0 + 1] === '!') {
                    sp0 = valueStr.indexOf(' ', sp0 + 1);
                }
                if (sp0 === -1 || nl0 < sp0)
                    hasPropsLine = true;
            }
            if (!hasPropsLine)
                ws = `\n${ctx.indent}`;
        }
    }
    else if (valueStr === '' || valueStr[0] === '\n') {
        ws = '';
    }
    str += ws + valueStr;
    if (ctx.inFlow) {
        if (valueCommentDone && onComment)
            onComment();
    }
    else if (valueComment && !valueCommentDone) {
        str += stringifyComment.lineComment(str, ctx.indent, commentString(valueComment));
    }
    else if (chompKeep && onChompKeep) {
        onChompKeep();
    }
    return str;
}

exports.stringifyPair = stringifyPair;


/***/ }),

/***/ 3069:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var Scalar = __nccwpck_require__(3301);
var foldFlowLines = __nccwpck_require__(4475);

const getFoldOptions = (ctx, isBlock) => ({
    indentAtStart: isBlock ? ctx.indent.length : ctx.indentAtStart,
    lineWidth: ctx.options.lineWidth,
    minContentWidth: ctx.options.minContentWidth
});
const containsDocumentMarker = (str) => /^(%|---|\.\.\.)/m.test(str);
function lineLengthOverLimit(str, lineWidth, indentLength) {
    if (!lineWidth || lineWidth < 0)
        return false;
    const limit = lineWidth - indentLength;
    const strLen = str.length;
    if (strLen <= limit)
        return false;
    for (let i = 0, start = 0; i < strLen; ++i) {
        if (str[i] === '\n') {
            if (i - start > limit)
                return true;
            start = i + 1;
            if (strLen - start <= limit)
                return false;
        }
    }
    return true;
}
function doubleQuotedString(value, ctx) {
    const json = JSON.stringify(value);
    if (ctx.options.doubleQuotedAsJSON)
        return json;
    const { implicitKey } = ctx;
    const minMultiLineLength = ctx.options.doubleQuotedMinMultiLineLength;
    const indent = ctx.indent || (containsDocumentMarker(value) ? '  ' : '');
    let str = '';
    let start = 0;
    for (let i = 0, ch = json[i]; ch; ch = json[++i]) {
        if (ch === ' ' && json[i + 1] === '\\' && json[i + 2] === 'n') {
            str += json.slice(start, i) + '\\ ';
            i += 1;
            start = i;
            ch = '\\';
        }
        if (ch === '\\')
            switch (json[i + 1]) {
                case 'u':
                    {
                        str += json.slice(start, i);
                        const code = json.substr(i + 2, 4);
                        switch (code) {
                            case '0000':
                                str += '\\0';
                                break;
                            case '0007':
                                str += '\\a';
                                break;
                            case '000b':
                                str += '\\v';
                                break;
                            case '001b':
                                str += '\\e';
                                break;
                            case '0085':
                                str += '\\N';
                                break;
                            case '00a0':
                                str += '\\_';
                                break;
                            case '2028':
                                str += '\\L';
                                break;
                            case '2029':
                                str += '\\P';
                                break;
                            default:
                                if (code.substr(0, 2) === '00')
                                    str += '\\x' + code.substr(2);
                                else
                                    str += json.substr(i, 6);
                        }
                        i += 5;
                        start = i + 1;
                    }
                    break;
                case 'n':
                    if (implicitKey ||
                        json[i + 2] === '"' ||
                        json.length < minMultiLineLength) {
                        i += 1;
                    }
                    else {
                        str += json.slice(start, i) + '\n\n';
                        while (json[i + 2] === '\\' &&
                            json[i + 3] === 'n' &&
                            json[i + 4] !== '"') {
                            str += '\n';
                            i += 2;
                        }
                        str += indent;
                        if (json[i + 2] === ' ')
                            str += '\\';
                        i += 1;
                        start = i + 1;
                    }
                    break;
                default:
                    i += 1;
            }
    }
    str = start ? str + json.slice(start) : json;
    return implicitKey
        ? str
        : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_QUOTED, getFoldOptions(ctx, false));
}
function singleQuotedString(value, ctx) {
    if (ctx.options.singleQuote === false ||
        (ctx.implicitKey && value.includes('\n')) ||
        /[ \t]\n|\n[ \t]/.test(value) // single quoted string can't have leading or trailing whitespace around newline
    )
        return doubleQuotedString(value, ctx);
    const indent = ctx.indent || (containsDocumentMarker(value) ? '  ' : '');
    const res = "'" + value.replace(/'/g, "''").replace(/\n+/g, `$&\n${indent}`) + "'";
    return ctx.implicitKey
        ? res
        : foldFlowLines.foldFlowLines(res, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
}
function quotedString(value, ctx) {
    const { singleQuote } = ctx.options;
    let qs;
    if (singleQuote === false)
        qs = doubleQuotedString;
    else {
        const hasDouble = value.includes('"');
        const hasSingle = value.includes("'");
        if (hasDouble && !hasSingle)
            qs = singleQuotedString;
        else if (hasSingle && !hasDouble)
            qs = doubleQuotedString;
        else
            qs = singleQuote ? singleQuotedString : doubleQuotedString;
    }
    return qs(value, ctx);
}
let blockEndNewlines;
try {
    blockEndNewlines = new RegExp('(^|(?<!\n))\n+(?!\n|$)', 'g');
}
catch {
    blockEndNewlines = /\n+(?!\n|$)/g;
}
function blockString({ comment, type, value }, ctx, onComment, onChompKeep) {
    const { blockQuote, commentString, lineWidth } = ctx.options;
    if (!blockQuote || /\n[\t ]+$/.test(value)) {
        return quotedString(value, ctx);
    }
    const indent = ctx.indent ||
        (ctx.forceBlockIndent || containsDocumentMarker(value) ? '  ' : '');
    const literal = blockQuote === 'literal'
        ? true
        : blockQuote === 'folded' || type === Scalar.Scalar.BLOCK_FOLDED
            ? false
            : type === Scalar.Scalar.BLOCK_LITERAL
                ? true
                : !lineLengthOverLimit(value, lineWidth, indent.length);
    if (!value)
        return literal ? '|\n' : '>\n';
    let chomp;
    let endStart;
    for (endStart = value.length; endStart > 0; --endStart) {
        const ch = value[endStart - 1];
        if (ch !== '\n' && ch !== '\t' && ch !== ' ')
            break;
    }
    let end = value.substring(endStart);
    const endNlPos = end.indexOf('\n');
    if (endNlPos === -1) {
        chomp = '-'; // strip
    }
    else if (value === end || endNlPos !== end.length - 1) {
        chomp = '+'; // keep
        if (onChompKeep)
            onChompKeep();
    }
    else {
        chomp = ''; // clip
    }
    if (end) {
        value = value.slice(0, -end.length);
        if (end[end.length - 1] === '\n')
            end = end.slice(0, -1);
        end = end.replace(blockEndNewlines, `$&${indent}`);
    }
    let startWithSpace = false;
    let startEnd;
    let startNlPos = -1;
    for (startEnd = 0; startEnd < value.length; ++startEnd) {
        const ch = value[startEnd];
        if (ch === ' ')
            startWithSpace = true;
        else if (ch === '\n')
            startNlPos = startEnd;
        else
            break;
    }
    let start = value.substring(0, startNlPos < startEnd ? startNlPos + 1 : startEnd);
    if (start) {
        value = value.substring(start.length);
        start = start.replace(/\n+/g, `$&${indent}`);
    }
    const indentSize = indent ? '2' : '1'; // root is at -1
    let header = (startWithSpace ? indentSize : '') + chomp;
    if (comment) {
        header += ' ' + commentString(comment.replace(/ ?[\r\n]+/g, ' '));
        if (onComment)
            onComment();
    }
    if (!literal) {
        const foldedValue = value
            .replace(/\n+/g, '\n$&')
            .replace(/(?:^|\n)([\t ].*)(?:([\n\t ]*)\n(?![\n\t ]))?/g, '$1$2') // more-indented lines aren't folded
            .replace(/\n+/g, `$&${indent}`);
        let literalFallback = false;
        const foldOptions = getFoldOptions(ctx, true);
        if (blockQuote !== 'folded' && type !== Scalar.Scalar.BLOCK_FOLDED) {
            foldOptions.onOverflow = () => {
                literalFallback = true;
            };
        }
        const body = foldFlowLines.foldFlowLines(`${start}${foldedValue}${end}`, indent, foldFlowLines.FOLD_BLOCK, foldOptions);
        if (!literalFallback)
            return `>${header}\n${indent}${body}`;
    }
    value = value.replace(/\n+/g, `$&${indent}`);
    return `|${header}\n${indent}${start}${value}${end}`;
}
function plainString(item, ctx, onComment, onChompKeep) {
    const { type, value } = item;
    const { actualString, implicitKey, indent, indentStep, inFlow } = ctx;
    if ((implicitKey && value.includes('\n')) ||
        (inFlow && /[[\]{},]/.test(value))) {
        return quotedString(value, ctx);
    }
    if (/^[\n\t ,[\]{}#&*!|>'"%@`]|^[?-]$|^[?-][ \t]|[\n:][ \t]|[ \t]\n|[\n\t ]#|[\n\t :]$/.test(value)) {
        return implicitKey || inFlow || !value.includes('\n')
            ? quotedString(value, ctx)
            : blockString(item, ctx, onComment, onChompKeep);
    }
    if (!implicitKey &&
        !inFlow &&
        type !== Scalar.Scalar.PLAIN &&
        value.includes('\n')) {
        return blockString(item, ctx, onComment, onChompKeep);
    }
    if (containsDocumentMarker(value)) {
        if (indent === '') {
            ctx.forceBlockIndent = true;
            return blockString(item, ctx, onComment, onChompKeep);
        }
        else if (implicitKey && indent === indentStep) {
            return quotedString(value, ctx);
        }
    }
    const str = value.replace(/\n+/g, `$&\n${indent}`);
    if (actualString) {
        const test = (tag) => tag.default && tag.tag !== 'tag:yaml.org,2002:str' && tag.test?.test(str);
        const { compat, tags } = ctx.doc.schema;
        if (tags.some(test) || compat?.some(test))
            return quotedString(value, ctx);
    }
    return implicitKey
        ? str
        : foldFlowLines.foldFlowLines(str, indent, foldFlowLines.FOLD_FLOW, getFoldOptions(ctx, false));
}
function stringifyString(item, ctx, onComment, onChompKeep) {
    const { implicitKey, inFlow } = ctx;
    const ss = typeof item.value === 'string'
        ? item
        : Object.assign({}, item, { value: String(item.value) });
    let { type } = item;
    if (type !== Scalar.Scalar.QUOTE_DOUBLE) {
        if (/[\x00-\x08\x0b-\x1f\x7f-\x9f\u{D800}-\u{DFFF}]/u.test(ss.value))
            type = Scalar.Scalar.QUOTE_DOUBLE;
    }
    const _stringify = (_type) => {
        switch (_type) {
            case Scalar.Scalar.BLOCK_FOLDED:
            case Scalar.Scalar.BLOCK_LITERAL:
                return implicitKey || inFlow
                    ? quotedString(ss.value, ctx) // blocks are not valid inside flow containers
                    : blockString(ss, ctx, onComment, onChompKeep);
            case Scalar.Scalar.QUOTE_DOUBLE:
                return doubleQuotedString(ss.value, ctx);
            case Scalar.Scalar.QUOTE_SINGLE:
                return singleQuotedString(ss.value, ctx);
            case Scalar.Scalar.PLAIN:
                return plainString(ss, ctx, onComment, onChompKeep);
            default:
                return null;
        }
    };
    let res = _stringify(type);
    if (res === null) {
        const { defaultKeyType, defaultStringType } = ctx.options;
        const t = (implicitKey && defaultKeyType) || defaultStringType;
        res = _stringify(t);
        if (res === null)
            throw new Error(`Unsupported default string type ${t}`);
    }
    return res;
}

exports.stringifyString = stringifyString;


/***/ }),

/***/ 204:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



var identity = __nccwpck_require__(1127);

const BREAK = Symbol('break visit');
const SKIP = Symbol('skip children');
const REMOVE = Symbol('remove node');
function visit(node, visitor) {
    const visitor_ = initVisitor(visitor);
    if (identity.isDocument(node)) {
        const cd = visit_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
            node.contents = null;
    }
    else
        visit_(null, node, visitor_, Object.freeze([]));
}
visit.BREAK = BREAK;
visit.SKIP = SKIP;
visit.REMOVE = REMOVE;
function visit_(key, node, visitor, path) {
    const ctrl = callVisitor(key, node, visitor, path);
    if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visit_(key, ctrl, visitor, path);
    }
    if (typeof ctrl !== 'symbol') {
        if (identity.isCollection(node)) {
            path = Object.freeze(path.concat(node));
            for (let i = 0; i < node.items.length; ++i) {
                const ci = visit_(i, node.items[i], visitor, path);
                if (typeof ci === 'number')
                    i = ci - 1;
                else if (ci === BREAK)
                    return BREAK;
                else if (ci === REMOVE) {
                    node.items.splice(i, 1);
                    i -= 1;
                }
            }
        }
        else if (identity.isPair(node)) {
            path = Object.freeze(path.concat(node));
            const ck = visit_('key', node.key, visitor, path);
            if (ck === BREAK)
                return BREAK;
            else if (ck === REMOVE)
                node.key = null;
            const cv = visit_('value', node.value, visitor, path);
            if (cv === BREAK)
                return BREAK;
            else if (cv === REMOVE)
                node.value = null;
        }
    }
    return ctrl;
}
async function visitAsync(node, visitor) {
    const visitor_ = initVisitor(visitor);
    if (identity.isDocument(node)) {
        const cd = await visitAsync_(null, node.contents, visitor_, Object.freeze([node]));
        if (cd === REMOVE)
            node.contents = null;
    }
    else
        await visitAsync_(null, node, visitor_, Object.freeze([]));
}
visitAsync.BREAK = BREAK;
visitAsync.SKIP = SKIP;
visitAsync.REMOVE = REMOVE;
async function visitAsync_(key, node, visitor, path) {
    const ctrl = await callVisitor(key, node, visitor, path);
    if (identity.isNode(ctrl) || identity.isPair(ctrl)) {
        replaceNode(key, path, ctrl);
        return visitAsync_(key, ctrl, visitor, path);
    }
    if (typeof ctrl !== 'symbol') {
        if (identity.isCollection(node)) {
            path = Object.freeze(path.concat(node));
            for (let i = 0; i < node.items.length; ++i) {
                const ci = await visitAsync_(i, node.items[i], visitor, path);
                if (typeof ci === 'number')
                    i = ci - 1;
                else if (ci === BREAK)
                    return BREAK;
                else if (ci === REMOVE) {
                    node.items.splice(i, 1);
                    i -= 1;
                }
            }
        }
        else if (identity.isPair(node)) {
            path = Object.freeze(path.concat(node));
            const ck = await visitAsync_('key', node.key, visitor, path);
            if (ck === BREAK)
                return BREAK;
            else if (ck === REMOVE)
                node.key = null;
            const cv = await visitAsync_('value', node.value, visitor, path);
            if (cv === BREAK)
                return BREAK;
            else if (cv === REMOVE)
                node.value = null;
        }
    }
    return ctrl;
}
function initVisitor(visitor) {
    if (typeof visitor === 'object' &&
        (visitor.Collection || visitor.Node || visitor.Value)) {
        return Object.assign({
            Alias: visitor.Node,
            Map: visitor.Node,
            Scalar: visitor.Node,
            Seq: visitor.Node
        }, visitor.Value && {
            Map: visitor.Value,
            Scalar: visitor.Value,
            Seq: visitor.Value
        }, visitor.Collection && {
            Map: visitor.Collection,
            Seq: visitor.Collection
        }, visitor);
    }
    return visitor;
}
function callVisitor(key, node, visitor, path) {
    if (typeof visitor === 'function')
        return visitor(key, node, path);
    if (identity.isMap(node))
        return visitor.Map?.(key, node, path);
    if (identity.isSeq(node))
        return visitor.Seq?.(key, node, path);
    if (identity.isPair(node))
        return visitor.Pair?.(key, node, path);
    if (identity.isScalar(node))
        return visitor.Scalar?.(key, node, path);
    if (identity.isAlias(node))
        return visitor.Alias?.(key, node, path);
    return undefined;
}
function replaceNode(key, path, node) {
    const parent = path[path.length - 1];
    if (identity.isCollection(parent)) {
        parent.items[key] = node;
    }
    else if (identity.isPair(parent)) {
        if (key === 'key')
            parent.key = node;
        else
            parent.value = node;
    }
    else if (identity.isDocument(parent)) {
        parent.contents = node;
    }
    else {
        const pt = identity.isAlias(parent) ? 'alias' : 'scalar';
        throw new Error(`Cannot replace node with ${pt} parent`);
    }
}

exports.visit = visit;
exports.visitAsync = visitAsync;


/***/ }),

/***/ 4550:
/***/ ((module) => {

var ipCodec = (function(exports) {
  "use strict";
  
  Object.defineProperty(exports, "__esModule", {
    value: true
  });
  exports.decode = decode;
  exports.encode = encode;
  exports.familyOf = familyOf;
  exports.name = void 0;
  exports.sizeOf = sizeOf;
  exports.v6 = exports.v4 = void 0;
  const v4Regex = /^(\d{1,3}\.){3,3}\d{1,3}$/;
  const v4Size = 4;
  const v6Regex = /^(::)?(((\d{1,3}\.){3}(\d{1,3}){1})?([0-9a-f]){0,4}:{0,2}){1,8}(::)?$/i;
  const v6Size = 16;
  const v4 = {
    name: 'v4',
    size: v4Size,
    isFormat: ip => v4Regex.test(ip),
  
    encode(ip, buff, offset) {
      offset = ~~offset;
      buff = buff || new Uint8Array(offset + v4Size);
      const max = ip.length;
      let n = 0;
  
      for (let i = 0; i < max;) {
        const c = ip.charCodeAt(i++);
  
        if (c === 46) {
          buff[offset++] = n;
          n = 0;
        } else {
          n = n * 10 + (c - 48);
        }
      }
  
      buff[offset] = n;
      return buff;
    },
  
    decode(buff, offset) {
      offset = ~~offset;
      return `${buff[offset++]}.${buff[offset++]}.${buff[offset++]}.${buff[offset]}`;
    }
  
  };
  exports.v4 = v4;
  const v6 = {
    name: 'v6',
    size: v6Size,
    isFormat: ip => ip.length > 0 && v6Regex.test(ip),
  
    encode(ip, buff, offset) {
      offset = ~~offset;
      let end = offset + v6Size;
      let fill = -1;
      let hexN = 0;
      let decN = 0;
      let prevColon = true;
      let useDec = false;
      buff = buff || new Uint8Array(offset + v6Size); // Note: This algorithm needs to check if the offset
  
      for (let i = 0; i < ip.length; i++) {
        let c = ip.charCodeAt(i);
  
        if (c === 58) {
          if (prevColon) {
            if (fill !== -1) {
              if (offset < end) buff[offset] = 0;
              if (offset < end - 1) buff[offset + 1] = 0;
              offset += 2;
            } else if (offset < end) {
              fill = offset;
            }
          } else {
            if (useDec === true) {
              if (offset < end) buff[offset] = decN;
              offset++;
            } else {
              if (offset < end) buff[offset] = hexN >> 8;
              if (offset < end - 1) buff[offset + 1] = hexN & 0xff;
              offset += 2;
            }
  
            hexN = 0;
            decN = 0;
          }
  
          prevColon = true;
          useDec = false;
        } else if (c === 46) {
          if (offset < end) buff[offset] = decN;
          offset++;
          decN = 0;
          hexN = 0;
          prevColon = false;
          useDec = true;
        } else {
          prevColon = false;
  
          if (c >= 97) {
            c -= 87; // a-f ... 97~102 -87 => 10~15
          } else if (c >= 65) {
            c -= 55; // A-F ... 65~70 -55 => 10~15
          } else {
            c -= 48; // 0-9 ... starting from charCode 48
  
            decN = decN * 10 + c;
          } // We don't know yet if its a dec or hex number
  
  
          hexN = (hexN << 4) + c;
        }
      }
  
      if (prevColon === false) {
        if (useDec === true) {
          if (offset < end) buff[offset] = decN;
          offset++;
        } else {
          if (offset < end) buff[offset] = hexN >> 8;
          if (offset < end - 1) buff[offset + 1] = hexN & 0xff;
          offset += 2;
        }
      } else if (fill === 0) {
        if (offset < end) buff[offset] = 0;
        if (offset < end - 1) buff[offset + 1] = 0;
        offset += 2;
      } else if (fill !== -1) {
        offset += 2;
  
        for (let i = Math.min(offset - 1, end - 1); i >= fill + 2; i--) {
          buff[i] = buff[i - 2];
        }
  
        buff[fill] = 0;
        buff[fill + 1] = 0;
        fill = offset;
      }
  
      if (fill !== offset && fill !== -1) {
        if (offset > end - 2) {
          offset = end - 2;
        }
  
        while (end > fill) {
          buff[--end] = offset < end && offset > fill ? buff[--offset] : 0;
        }
      } else {
        while (offset < end) {
          buff[offset++] = 0;
        }
      }
  
      return buff;
    },
  
    decode(buff, offset) {
      offset = ~~offset;
      let result = '';
  
      for (let i = 0; i < v6Size; i += 2) {
        if (i !== 0) {
          result += ':';
        }
  
        result += (buff[offset + i] << 8 | buff[offset + i + 1]).toString(16);
      }
  
      return result.replace(/(^|:)0(:0)*:0(:|$)/, '$1::$3').replace(/:{3,4}/, '::');
    }
  
  };
  exports.v6 = v6;
  const name = 'ip';
  exports.name = name;
  
  function sizeOf(ip) {
    if (v4.isFormat(ip)) return v4.size;
    if (v6.isFormat(ip)) return v6.size;
    throw Error(`Invalid ip address: ${ip}`);
  }
  
  function familyOf(string) {
    return sizeOf(string) === v4.size ? 1 : 2;
  }
  
  function encode(ip, buff, offset) {
    offset = ~~offset;
    const size = sizeOf(ip);
  
    if (typeof buff === 'function') {
      buff = buff(offset + size);
    }
  
    if (size === v4.size) {
      return v4.encode(ip, buff, offset);
    }
  
    return v6.encode(ip, buff, offset);
  }
  
  function decode(buff, offset, length) {
    offset = ~~offset;
    length = length || buff.length - offset;
  
    if (length === v4.size) {
      return v4.decode(buff, offset, length);
    }
  
    if (length === v6.size) {
      return v6.decode(buff, offset, length);
    }
  
    throw Error(`Invalid buffer size needs to be ${v4.size} for v4 or ${v6.size} for v6.`);
  }
  return "default" in exports ? exports.default : exports;
})({});
if (typeof define === 'function' && define.amd) define([], function() { return ipCodec; });
else if (true) module.exports = ipCodec;


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
var __webpack_exports__ = {};

;// CONCATENATED MODULE: ./build/errors.js
class OptionError extends Error {
    name = "OptionError";
    option;
    allowed;
    location;
    constructor(option, message, { allowed = [], location } = {}) {
        super(message);
        this.option = option;
        this.allowed = allowed;
        this.location = location;
    }
}
class CollectError extends Error {
    name = "CollectError";
    location;
    remedy;
    constructor(message, { location, remedy } = {}) {
        super(message);
        this.location = location;
        this.remedy = remedy;
    }
}

;// CONCATENATED MODULE: ./build/report/inert.js
const SYMBOLS = { "§": "section ", "→": "->", "…": "...", "×": "x" };
const TOKEN_LIMIT = 200;
const escaped = (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`;
const spelledOut = (text) => text.replace(/[^\x20-\x7e]/gu, (char) => (Object.hasOwn(SYMBOLS, char) ? char : escaped(char)));
function clipped(text, limit, more = 0) {
    if (text.length <= limit && more === 0)
        return text;
    const kept = text.slice(0, limit - 16).replace(/\\(u(\{[0-9a-f]*)?)?$/, "");
    return `${kept}...(+${text.length - kept.length + more})`;
}
function shownOf(text, limit) {
    const begun = text.slice(0, 4 * limit);
    return clipped(shortWords(spelledOut(begun)), limit, text.length - begun.length);
}
const shortWords = (text) => text.replace(/[^ ]{201,}/g, (word) => clipped(word, TOKEN_LIMIT));
function inertLog(text) {
    const plain = text.replace(/\\/g, "\\\\").replace(/[^\x20-\x7e]|[#[\]]/gu, (char) => SYMBOLS[char] ?? escaped(char));
    return shortWords(plain).replace(/^( *):/, (_, space) => space + escaped(":"));
}
function log(constant, ...values) {
    return String.raw({ raw: constant }, ...values);
}
const PLAIN_WORD = /^["'(§]{0,2}[A-Za-z0-9]+(?:[-./'=,;+%_][A-Za-z0-9]+)*["'),.;:?…]{0,3}$|^[→×]$/;
const LINKED_WORD = /www\.|(?<![0-9a-z])[0-9a-f]{7,}(?![0-9a-z])|\b(?:gh|cve|ghsa)-/i;
const entity = (char) => `&#${char.codePointAt(0)};`;
const plainWord = (word) => word.replace(/^([0-9]+)([.)])(?![0-9A-Za-z])/, (_, digits, sign) => digits + entity(sign));
const SIGN = /[^A-Za-z0-9\-./'=,;+_]|(?<![A-Za-z0-9])[-./'=,;+_]|[-./'=,;+_](?![A-Za-z0-9])/gu;
const codeWord = (word) => word
    .replace(SIGN, (char) => (char === "@" || char === ":" ? `${entity(char)}<wbr>` : entity(char)))
    .replace(/(www)(?:\.|&#46;)/gi, "$1<wbr>&#46;");
function markedWord(word) {
    const [, inner = word, after = ""] = /^(.+?)([),.;:?"']{1,3})$/.exec(word) ?? [];
    return `<code>${codeWord(inner)}</code>${after}`;
}
const isPlain = (word) => PLAIN_WORD.test(word) && !LINKED_WORD.test(word);
const spaces = (run, edge) => (run === " " && !edge ? run : "&#32;".repeat(run.length));
function eachWord(text, word) {
    const parts = text.split(/( +)/);
    const edge = (at) => parts.slice(0, at).join("") === "" || parts.slice(at + 1).join("") === "";
    return parts.map((part, at) => (part.startsWith(" ") ? spaces(part, edge(at)) : word(part))).join("");
}
function inertMarkdown(text, limit = 300) {
    const word = (part) => (part === "" || isPlain(part) ? plainWord(part) : markedWord(part));
    return eachWord(shownOf(text, limit), word);
}
const sentence = (text) => inertMarkdown(text, 600);
function code(text, limit = 300) {
    const word = (part) => (isPlain(part) ? part : codeWord(part));
    const shown = eachWord(shownOf(text, limit), word);
    return (shown === "" ? "(empty)" : `<code>${shown}</code>`);
}
function fenced(text, language = "text") {
    const lines = text.split(/\r?\n/).map(spelledOut).join("\n");
    const longest = Math.max(2, ...(lines.match(/`+/g) ?? []).map((run) => run.length));
    const fence = "`".repeat(longest + 1);
    return `${fence}${language}\n${lines}\n${fence}`;
}
function markdown(constant, ...values) {
    return String.raw({ raw: constant }, ...values);
}
const joined = (pieces, separator) => pieces.join(separator);

;// CONCATENATED MODULE: ./build/report/place.js
function placeOf(location) {
    switch (location.kind) {
        case "file":
            return `${location.path}:${location.span.startLine}:${location.span.startColumn}`;
        case "input":
            return `input ${location.name}`;
        case "dns":
            return `${location.owner} ${location.type}`;
        case "policy-host":
            return withAddress(location.url, location.address);
        case "mx-host":
            return withAddress(location.host, location.address);
    }
}
function lineOf(location) {
    return location.kind === "file" ? `${location.path}:${location.span.startLine}` : placeOf(location);
}
const withAddress = (name, address) => (address ? `${name} (${address})` : name);

;// CONCATENATED MODULE: ./build/report/workflow-command.js


const MESSAGE_LIMIT = 4_000;
const NAMEABLE_PATH = /^[\p{L}\p{M}\p{N}\x20-\x7e]{1,1024}$/u;
function workflowCommand({ level, title, message, location }) {
    const file = location?.kind === "file" && nameable(location.path) ? location : undefined;
    const properties = [...(file ? position(file) : []), ["title", inertLog(title)]];
    const written = properties.map(([name, value]) => `${name}=${escapedProperty(String(value))}`).join(",");
    const told = file || !location ? message : withPlace(message, inertLog(placeOf(location)));
    return `::${level} ${written}::${escapedMessage(told.slice(0, MESSAGE_LIMIT))}`;
}
const nameable = (path) => NAMEABLE_PATH.test(path) && !path.includes("##[");
const withPlace = (message, place) => message.includes(place) ? message : log `${message} At ${place}.`;
function position({ path, span, }) {
    const lines = [["file", path], ["line", span.startLine]];
    if (span.endLine > span.startLine)
        return [...lines, ["endLine", span.endLine]];
    if (span.endColumn <= span.startColumn)
        return [...lines, ["endLine", span.startLine]];
    return [...lines, ["endLine", span.startLine], ["col", span.startColumn], ["endColumn", span.endColumn]];
}
const escapedMessage = (text) => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
const escapedProperty = (text) => escapedMessage(text).replace(/:/g, "%3A").replace(/,/g, "%2C");

;// CONCATENATED MODULE: ./build/run/told.js


function told(level, message, location = null) {
    return toldText(level, inertLog(message), location);
}
function toldText(level, message, location = null) {
    return `${workflowCommand({ level, title: "mta-sts-gate", message, location })}\n`;
}

;// CONCATENATED MODULE: ./build/run/failure.js




const STACK = 1_500;
function runFailure(error) {
    if (error instanceof OptionError) {
        const allowed = error.allowed.length > 0 ? ` (allowed: ${error.allowed.join(", ")})` : "";
        return configured(`${error.option}: ${error.message}${allowed}`, error.location);
    }
    if (error instanceof CollectError)
        return configured(error.message, error.location, error.remedy);
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const message = `internal error, nothing was decided: ${stack.slice(0, STACK)}`;
    return { status: 1, line: told("error", message), message: inertLog(message), summary: summaryOf(message) };
}
function configured(message, location, remedy) {
    const placed = location ? `${placeOf(location)}: ${message}` : message;
    return {
        status: 2,
        line: toldText("error", settled(message, remedy), location ?? null),
        message: settled(placed, remedy),
        summary: summaryOf(message, remedy),
    };
}
function settled(message, remedy) {
    if (remedy === undefined)
        return inertLog(message);
    const [first = "", ...rest] = remedy.split("\n");
    const [, file] = /^# (\S+)$/.exec(first) ?? [];
    const begun = file === undefined ? `To settle it: ${first}` : `To settle it, write in ${file}:`;
    return [begun, ...rest].reduce((text, line) => log `${text}\n${inertLog(line)}`, inertLog(message));
}
function summaryOf(message, remedy) {
    const head = markdown `## ❔ Unknown: the run could not decide what this change does to mail.`;
    const paste = remedy === undefined ? markdown `` : markdown `\n\nTo settle it:\n\n${fenced(remedy)}`;
    return `${markdown `${head}\n\n${inertMarkdown(message, STACK)}${paste}`}\n`;
}

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: ./build/run/write-all.js

function writeAll(file, text) {
    const octets = Buffer.from(text);
    for (let at = 0; at < octets.length;)
        at += (0,external_node_fs_namespaceObject.writeSync)(file, octets, at);
}

;// CONCATENATED MODULE: ./build/action/output-file.js




const WELL_FORMED = {
    verdict: /^(?:ready|blocked|unknown)$/,
    errors: /^[0-9]+$/,
    warnings: /^[0-9]+$/,
    unknowns: /^[0-9]+$/,
    domains: /^[0-9]+$/,
    "report-file": /^\P{Cc}*$/u,
    "suggested-id": /^[A-Za-z0-9]{0,32}$/,
    "comment-id": /^[0-9]*$/,
};
function writeOutputs(env, outputs) {
    const lines = Object.entries(outputs).map(([name, value]) => heredoc(name, String(value)));
    try {
        appendToFile(env["GITHUB_OUTPUT"], lines.join(""));
    }
    catch {
        throw new OptionError("GITHUB_OUTPUT", "cannot be written, so no later step would learn the verdict");
    }
}
function heredoc(name, value) {
    if (!WELL_FORMED[name].test(value))
        throw new Error(`the output ${name} is malformed`);
    const delimiter = `end_${(0,external_node_crypto_namespaceObject.randomUUID)()}`;
    return `${name}<<${delimiter}\n${value}\n${delimiter}\n`;
}
function appendToFile(path, text) {
    if (!path)
        throw new Error("the runner named no file");
    const file = (0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_APPEND | external_node_fs_namespaceObject.constants.O_NOFOLLOW | external_node_fs_namespaceObject.constants.O_NONBLOCK);
    try {
        if (!(0,external_node_fs_namespaceObject.fstatSync)(file).isFile())
            throw new Error("not a regular file");
        writeAll(file, text);
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(file);
    }
}

;// CONCATENATED MODULE: ./build/action/deliver.js


function openReporters(reporters, context, to) {
    const wanted = reporters.filter(({ destination }) => destination !== "file" || to.reportFile);
    const folds = wanted.map(({ destination, open }) => {
        const emit = destination === "file" ? to.reportFile?.write : undefined;
        return { destination, ...open(emit ? { ...context, emit } : context) };
    });
    const texts = (destination, run) => folds.filter((fold) => fold.destination === destination).map((fold) => fold.finish(run));
    return {
        add: (domain) => {
            for (const fold of folds)
                fold.add(domain);
        },
        log: (run) => texts("stdout", run).forEach(to.print),
        comment: (run) => texts("pull-request", run).join("\n"),
        files: (run) => {
            writeSummary(to, texts("job-summary", run).join("\n"));
            for (const text of texts("file", run))
                to.reportFile?.write(text);
            to.reportFile?.finish();
        },
    };
}
function writeSummary({ env, print }, text) {
    try {
        appendToFile(env["GITHUB_STEP_SUMMARY"], text);
    }
    catch {
        print(told("notice", "The job summary could not be written, so the report is only in this log."));
    }
}

;// CONCATENATED MODULE: ./build/endpoint.js

const RESOLVERS = ["system", "192.0.2.53", "192.0.2.53:5353", "[2001:db8::53]:53"];
function parseResolver(text) {
    if (text === undefined || text === "system")
        return { kind: "system" };
    if (text === "authoritative" || text.startsWith("https://"))
        throw new OptionError("resolver", "this kind of resolver is not built in this version", { allowed: RESOLVERS });
    const server = socketAddress(text, 53);
    if (server)
        return { kind: "server", ...server };
    throw new OptionError("resolver", "is `system` or an IP address with an optional port", { allowed: RESOLVERS });
}
function socketAddress(text, fallbackPort) {
    const [, v6, v4, port] = /^(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?::([0-9]{1,5}))?$/.exec(text) ?? [];
    const address = v6 ?? v4 ?? (/^[0-9A-Fa-f:]+$/.test(text) ? text : "");
    const numbered = port === undefined ? fallbackPort : Number(port);
    if (numbered < 1 || numbered > 65_535)
        return undefined;
    const v4Parts = address.split(".");
    const isV4 = v4Parts.length === 4 && v4Parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256);
    return isV4 || URL.canParse(`http://[${address}]/`) ? { address, port: numbered } : undefined;
}
function parseProxy(text) {
    if (text === undefined)
        return undefined;
    const allowed = ["socks5://host:port", "socks5://user:pass@host:port"];
    const url = URL.canParse(text) ? new URL(text) : undefined;
    const [username, password] = [unescaped(url?.username), unescaped(url?.password)];
    const whole = url?.protocol === "socks5:" && url.hostname && url.port && /^\/?$/.test(url.pathname);
    if (!whole || username === undefined || password === undefined)
        throw new OptionError("proxy", "is a socks5:// URL with host and port", { allowed });
    return { host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port), username, password };
}
function unescaped(text = "") {
    try {
        return decodeURIComponent(text);
    }
    catch {
        return undefined;
    }
}

;// CONCATENATED MODULE: ./build/options.js


const row = (name, form, fallback, help, more = {}) => ({
    name,
    form,
    fallback,
    help,
    built: true,
    ...more,
});
const unbuilt = { built: false };
const OPTIONS = [
    row("config", "text", "`.github/mta-sts-gate.yml`", "Path of the config file."),
    row("domain", "text", "found in the repository", "The policy domain, such as `example.com`."),
    row("policy", "text", "found in the repository", "Path of the policy file that the domain serves."),
    row("records", "list", "none", "Globs of DNS files that hold the records, one a line."),
    row("record-id", "text", "not said", "The id that the `_mta-sts` record will have after the merge."),
    row("reports", "list", "none", "Globs of TLS-RPT reports.", unbuilt),
    row("base", "text", "the event's", "Revision to judge against, when the event names none."),
    row("resolver", "resolver", "`system`", "DNS resolver: `system` or `IP[:port]`."),
    row("proxy", "proxy", "none", "`socks5://[user:pass@]host:port` that carries probes and policy fetches."),
    row("ca-file", "text", "none", "PEM file of trust anchors beside the Mozilla roots; the report states it."),
    row("allow-private-networks", "flag", "`false`", "Contact addresses that are not globally reachable."),
    row("evidence", "list", "none", "Evidence files gathered by another job.", unbuilt),
    row("evidence-max-age", "duration", "`24h`", "How old evidence may be and still count as live.", unbuilt),
    row("shard", "text", "none", "`i/n`: only every n-th domain.", unbuilt),
    row("mode", "choice", "`auto`", "What to do: `auto` chooses by the event.", {
        choices: ["auto", "gate"],
        unbuiltChoices: ["verify", "observe"],
    }),
    row("all", "flag", "`false`", "Judge every domain, not only those the change touches."),
    row("if-none", "choice", "`error`", "What a repository without any policy or record means.", {
        choices: ["error", "ready"],
    }),
    row("wait-for-deploy", "duration", "`15m` on push", "How long verify waits for the deploy.", unbuilt),
    row("fail-on", "choice", "`error`", "The worst finding that may not pass.", {
        choices: ["error", "warning", "never"],
    }),
    row("on-unknown", "choice", "`fail`", "Whether the verdict `unknown` fails the step.", { choices: ["fail", "warn"] }),
    row("comment", "choice", "`auto`", "When to keep a comment on the pull request.", {
        choices: ["auto", "always", "never"],
    }),
    row("label", "text", "none", "Tells the comments of several gates on one pull request apart."),
    row("suggest", "flag", "`false`", "Suggest fixes on lines of the diff.", unbuilt),
    row("report-file", "text", "none", "Where to write the JSON report (schema/report-v1.json)."),
    row("sarif-file", "text", "none", "Where to write SARIF 2.1.0.", unbuilt),
    row("evidence-file", "text", "none", "Where to write the evidence.", unbuilt),
    row("timeout", "duration", "`3m` + 20 ms a domain", "Wall-clock limit of the whole run."),
    row("github-token", "text", "the job's token", "Token for the comment and for a base that the clone lacks.", {
        actionDefault: "$" + "{{ github.token }}",
    }),
];
function parseOptions(given) {
    for (const [name, text] of Object.entries(given))
        admit(name, text.trim());
    const text = (name) => given[name]?.trim() || undefined;
    const choice = (name, fallback) => text(name) ?? fallback;
    return {
        config: text("config"),
        domain: text("domain"),
        policy: text("policy"),
        records: list(text("records")),
        recordId: text("record-id"),
        base: text("base"),
        resolver: parseResolver(text("resolver")),
        proxy: parseProxy(text("proxy")),
        caFile: text("ca-file"),
        allowPrivateNetworks: flag("allow-private-networks", text("allow-private-networks")),
        mode: choice("mode", "auto"),
        all: flag("all", text("all")),
        ifNone: choice("if-none", "error"),
        failOn: choice("fail-on", "error"),
        onUnknown: choice("on-unknown", "fail"),
        comment: choice("comment", "auto"),
        label: label(text("label")),
        reportFile: text("report-file"),
        timeout: duration("timeout", text("timeout")),
        githubToken: text("github-token"),
    };
}
function admit(name, text) {
    const found = OPTIONS.find((option) => option.name === name);
    if (!found)
        throw new OptionError(name, "is no input of this action", { allowed: OPTIONS.map((option) => option.name) });
    if (text === "")
        return;
    const allowed = found.choices ?? [];
    if (!found.built)
        throw new OptionError(name, "is not built in this version; leave it out", { allowed: ["(empty)"] });
    if (found.unbuiltChoices?.includes(text))
        throw new OptionError(name, `the value ${text} is not built in this version`, { allowed });
    if (found.choices && !allowed.includes(text))
        throw new OptionError(name, "has no such value", { allowed });
}
const list = (text) => (text ?? "").split(/\n|,(?![^{}\n]*\})/).flatMap((part) => part.trim() || []);
function flag(name, text) {
    if (text === undefined || /^(false|False|FALSE)$/.test(text))
        return false;
    if (/^(true|True|TRUE)$/.test(text))
        return true;
    throw new OptionError(name, "is a boolean", { allowed: ["true", "false"] });
}
const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
function duration(name, text) {
    if (text === undefined)
        return undefined;
    const [, count, unit] = /^([0-9]{1,6})(ms|s|m|h|d)$/.exec(text) ?? [];
    const found = count && unit ? Number(count) * UNITS[unit] : 0;
    if (found > 0 && found <= 6 * UNITS.h)
        return found;
    throw new OptionError(name, "is a time above zero and up to 6h", { allowed: ["90s", "3m", "1h"] });
}
function label(text) {
    if (text === undefined || /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text))
        return text;
    throw new OptionError("label", "is up to 64 letters, digits, dots, hyphens and underscores");
}

;// CONCATENATED MODULE: ./build/report/exit.js
function exitStatus(verdict, counts, policy) {
    if (refused(verdict, counts, policy.failOn))
        return 1;
    if (verdict === "ready" || policy.onUnknown === "warn")
        return 0;
    return verdict === "blocked" && counts.unknowns === 0 ? 0 : 3;
}
function refused(verdict, counts, failOn) {
    if (failOn === "never")
        return false;
    return verdict === "blocked" || counts.errors > 0 || (failOn === "warning" && counts.warnings > 0);
}

;// CONCATENATED MODULE: ./build/report/ranking.js
const LEVELS = { error: 0, warning: 2, notice: 4 };
const VERDICTS = { blocked: 0, unknown: 1, ready: 2 };
const weight = (finding) => LEVELS[finding.level] + (finding.alreadySo ? 1 : 0);
function findingsOf(domain) {
    const found = domain.rules.flatMap((outcome) => outcome.kind === "failed" || outcome.kind === "unknown"
        ? (outcome.findings ?? []).map((finding) => ({ rule: outcome.rule, finding }))
        : []);
    return found.toSorted((a, b) => weight(a.finding) - weight(b.finding));
}
function neededUnknowns(domain) {
    const found = new Map();
    for (const outcome of domain.rules) {
        if (outcome.kind !== "unknown" || !outcome.needed)
            continue;
        for (const missing of outcome.missing.length > 0 ? outcome.missing : [unnamed(outcome, domain)]) {
            const rules = found.get(missing.message)?.rules ?? [];
            found.set(missing.message, { rules: [...rules, outcome.rule], missing });
        }
    }
    return [...found.values()];
}
const unnamed = ({ rule }, { policyDomain }) => ({
    what: "value",
    subject: policyDomain,
    message: `The rule ${rule} could not be decided.`,
});
function domainRanking(capacity) {
    const kept = [];
    return {
        add: (domain) => {
            const ranked = { domain, weights: weightsOf(domain) };
            const last = kept.at(-1);
            if (last && kept.length >= capacity && compared(last, ranked) <= 0)
                return;
            const at = kept.findIndex((other) => compared(ranked, other) < 0);
            kept.splice(at < 0 ? kept.length : at, 0, ranked);
            if (kept.length > capacity)
                kept.pop();
        },
        worst: () => kept.map(({ domain }) => domain),
    };
}
const weightsOf = (domain) => [
    VERDICTS[domain.verdict],
    -countOf(domain, "error"),
    -countOf(domain, "warning"),
];
function compared(a, b) {
    const [ofA, ofB] = [a.domain.policyDomain, b.domain.policyDomain];
    const [verdict, errors, warnings] = a.weights.map((weight, at) => weight - (b.weights[at] ?? 0));
    return verdict || errors || warnings || (ofA < ofB ? -1 : Number(ofA > ofB));
}
function countOf(domain, level) {
    return findingsOf(domain).filter(({ finding }) => finding.level === level).length;
}

;// CONCATENATED MODULE: ./build/report/annotations.js



const PER_LEVEL = 10;
const annotations_LEVELS = ["error", "warning", "notice"];
const annotations = {
    id: "annotations",
    destination: "stdout",
    open: () => {
        const queues = new Map(annotations_LEVELS.map((level) => [level, annotationQueue()]));
        return {
            add: (domain) => {
                for (const ranked of annotationsOf(domain))
                    queues.get(ranked.annotation.level)?.add(ranked);
            },
            finish: () => [...queues.values()]
                .flatMap((queue) => queue.shown())
                .map((annotation) => `${workflowCommand(annotation)}\n`)
                .join(""),
        };
    },
};
function annotationQueue() {
    const kept = [];
    let count = 0;
    return {
        add: (ranked) => {
            if (kept.some(({ annotation }) => sameAnnotation(annotation, ranked.annotation)))
                return;
            count += 1;
            const at = kept.findIndex(({ weight }) => weight > ranked.weight);
            kept.splice(at < 0 ? kept.length : at, 0, ranked);
            kept.length = Math.min(kept.length, PER_LEVEL);
        },
        shown: () => whole(kept.map(({ annotation }) => annotation), count),
    };
}
const sameAnnotation = (a, b) => a.title === b.title && a.message === b.message && JSON.stringify(a.location) === JSON.stringify(b.location);
function annotationsOf(domain) {
    const found = findingsOf(domain).map(({ rule, finding: { level, message, location, alreadySo } }) => {
        const told = alreadySo ? log `${inertLog(message)} (Already so before this change.)` : inertLog(message);
        return { weight: alreadySo ? 2 : 1, annotation: { level, title: rule, message: told, location } };
    });
    const unknown = neededUnknowns(domain).map(({ rules, missing }) => {
        const annotation = { title: `${rules[0]}: unknown`, message: inertLog(missing.message), location: null };
        return { weight: 0, annotation: { level: "warning", ...annotation } };
    });
    return [...unknown, ...found];
}
function whole(kept, count) {
    if (count <= PER_LEVEL)
        return kept;
    const shown = kept.slice(0, PER_LEVEL - 1);
    const left = count - shown.length;
    const level = shown[0]?.level ?? "notice";
    const message = log `${left} more of this level are not shown here; the job summary has every one.`;
    return [...shown, { level, title: `${left} more`, message, location: null }];
}

;// CONCATENATED MODULE: ./build/report/budget.js
const ENCODER = new TextEncoder();
const REST = 300;
const octetsIn = (text) => ENCODER.encode(text).length;
function fitted(pieces, { octets, separator, rest, unseen = 0 }) {
    const kept = [];
    let left = pieces.length + unseen;
    let used = REST;
    for (const piece of pieces) {
        const made = piece();
        used += octetsIn(made) + separator.length;
        if (used > octets)
            break;
        left -= 1;
        if (made !== "")
            kept.push(made);
    }
    return [...kept, ...(left > 0 ? [rest(left)] : [])].join(separator);
}

;// CONCATENATED MODULE: ./build/report/delivery-view.js
function deliveryViews(deliveries) {
    return deliveries.flatMap((delivery) => {
        const alike = deliveries.filter((other) => comesToTheSame(other, delivery));
        if (alike[0] !== delivery)
            return [];
        const { policy, mx, outcome, hosts } = delivery;
        const whole = alike.length === deliveries.filter((other) => other.policy === policy).length;
        return [{ outcome, hosts, holds: whole ? `the ${policy} policy` : `the ${policy} policy and sees the ${mx} MX` }];
    });
}
function comesToTheSame(a, b) {
    return a.policy === b.policy && a.outcome === b.outcome && JSON.stringify(a.hosts) === JSON.stringify(b.hosts);
}

;// CONCATENATED MODULE: ./build/report/markdown-table.js


function table(head, rows, room) {
    const rest = (left) => markdown_table_row([markdown `*${left} ${room.rest}*`, ...head.slice(1).map(() => markdown ``)]);
    const pieces = rows.map((cells) => () => markdown_table_row(cells()));
    const body = fitted(pieces, { octets: room.octets, separator: "\n", rest, unseen: room.unseen ?? 0 });
    return joined([markdown_table_row(head), markdown_table_row(head.map(() => markdown `---`)), ...(body === "" ? [] : [body])], "\n");
}
const markdown_table_row = (cells) => markdown `| ${joined(cells, " | ")} |`;

;// CONCATENATED MODULE: ./build/report/delivery-table.js



const COLUMNS = 8;
function deliveryTable({ deliveries }, octets) {
    if (deliveries.length === 0)
        return markdown ``;
    const views = deliveryViews(deliveries);
    const shown = views.slice(0, COLUMNS);
    const head = [markdown `MX host`, ...shown.map(heading)];
    const rows = hostsOf(shown).map((host) => () => [
        code(host),
        ...shown.map((delivery) => cell(hostIn(delivery, host))),
    ]);
    const outcome = [markdown `**Delivery**`, ...shown.map(({ outcome: kind }) => markdown `**${inertMarkdown(kind)}**`)];
    const left = views.length - shown.length;
    const note = left > 0 ? markdown `\n\n${left} more combinations are in the report file.` : markdown ``;
    return markdown `${table(head, [() => outcome, ...rows], { octets, rest: "more MX hosts" })}${note}`;
}
const heading = ({ holds }) => markdown `Sender holds ${inertMarkdown(holds)}`;
const RANK = { refused: 0, unknown: 1, accepted: 2 };
function hostsOf(deliveries) {
    const ranks = new Map();
    for (const host of deliveries.flatMap(({ hosts }) => hosts))
        ranks.set(host.host, Math.min(RANK[host.verdict], ranks.get(host.host) ?? 3));
    return [...ranks].toSorted(([, a], [, b]) => a - b).map(([host]) => host);
}
const hostIn = ({ hosts }, name) => hosts.find(({ host }) => host === name);
function cell(host) {
    switch (host?.verdict) {
        case undefined:
            return markdown `–`;
        case "accepted":
            return markdown `accepted`;
        case "refused": {
            const reason = host.reasonCode === "" ? [] : [code(host.reasonCode)];
            return markdown `**refused**: ${joined([code(host.resultType), ...reason], ", ")}`;
        }
        case "unknown":
            return markdown `unknown: ${inertMarkdown(host.because)}`;
    }
}

;// CONCATENATED MODULE: ./build/report/markdown-sections.js




const LEVEL_ICONS = {
    error: markdown `⛔`,
    warning: markdown `⚠️`,
    notice: markdown `ℹ️`,
};
const PASTE_LIMIT = 2_000;
function reasonSection(domain, context, octets) {
    const unknown = neededUnknowns(domain).map((needed) => () => unknownBullet(needed, context));
    const found = findingsOf(domain).map((ruled) => () => findingBullet(ruled, context));
    const items = domain.verdict === "unknown" ? [...unknown, ...found] : [...found, ...unknown];
    return bullets(items, octets);
}
function findingBullet({ rule, finding }, context) {
    const { level, message, location, related = [], resultType, alreadySo } = finding;
    const places = [location, ...related.slice(0, 3)].map((place) => code(lineOf(place)));
    const reported = resultType ? markdown ` Senders would report ${code(resultType)}.` : markdown ``;
    const before = alreadySo ? markdown ` Already so before this change.` : markdown ``;
    const told = markdown `${sentence(message)} At ${joined(places, ", see also ")}.${reported}${before}`;
    return markdown `${LEVEL_ICONS[level]} ${ruleLink(rule, context)}: ${told}`;
}
const unknownBullet = ({ rules, missing }, context) => markdown `❔ ${joined(rules.map((rule) => ruleLink(rule, context)), ", ")}: ${sentence(missing.message)}`;
function ruleLink(rule, { rulePage }) {
    return /^[a-z0-9-]{1,64}$/.test(rule) ? markdown `[${code(rule)}](${rulePage(rule)})` : code(rule);
}
function fixSection(domain, octets) {
    const fixes = findingsOf(domain).flatMap(({ finding }) => finding.fix ?? []);
    const distinct = new Map(fixes.map((fix) => [JSON.stringify(fix), fix]));
    const { suggestedId, recordToPublish } = domain;
    const publish = recordToPublish === null ? [] : [() => markdown `Publish this record:\n\n${pasted(recordToPublish, "dns")}`];
    const id = suggestedId === null ? [] : [() => markdown `An id that is valid and new: ${code(suggestedId)}`];
    const pieces = [...publish, ...id, ...[...distinct.values()].map((fix) => () => fixPiece(fix))];
    if (pieces.length === 0)
        return markdown ``;
    const rest = (left) => markdown `${left} more fixes are in the report file.`;
    return markdown `**The fix**\n\n${fitted(pieces, { octets, separator: "\n\n", rest })}`;
}
function fixPiece({ path, span, text }) {
    const lines = span.endLine > span.startLine
        ? markdown `lines ${span.startLine} to ${span.endLine}`
        : markdown `line ${span.startLine}`;
    return markdown `In ${code(path)}, ${lines}, write:\n\n${pasted(text, "text")}`;
}
const pasted = (text, language) => text.length <= PASTE_LIMIT ? fenced(text, language) : markdown `(${text.length} characters: see the report file.)`;
function dateSection({ safeAfter, validUntil }) {
    const next = safeAfter === null ? [] : [markdown `**Next step**: safe after ${code(safeAfter)}.`];
    const until = validUntil === null ? [] : [markdown `This verdict is valid until ${code(validUntil)}.`];
    return joined([...next, ...until], " ");
}
function notCheckedSection({ notChecked }, octets) {
    return titled(markdown `**Not checked**`, notChecked, octets);
}
function noteSection(notes, octets) {
    return titled(markdown `**Notes**`, notes, octets);
}
function titled(title, sentences, octets) {
    if (sentences.length === 0)
        return markdown ``;
    return markdown `${title}\n\n${bullets([...new Set(sentences)].map((told) => () => sentence(told)), octets)}`;
}
function waiverSection({ rules }, context, octets) {
    const items = rules.flatMap((outcome) => (outcome.kind === "waived" ? [() => waiverBullet(outcome, context)] : []));
    return items.length === 0 ? markdown `` : markdown `**Waived**\n\n${bullets(items, octets)}`;
}
function waiverBullet({ rule, by, findings }, context) {
    const reason = by.kind === "off" ? markdown `off in the config` : markdown `until ${code(by.until)}: ${inertMarkdown(by.reason)}`;
    const [first, ...more] = findings;
    const others = more.length > 0 ? markdown ` (and ${more.length} more)` : markdown ``;
    const said = first ? markdown ` It would have said: ${sentence(first.message)}${others}` : markdown ``;
    return markdown `${ruleLink(rule, context)}, ${reason}.${said}`;
}
function bullets(items, octets) {
    const rest = (left) => markdown `- ${left} more, in the report file`;
    return fitted(items.map((item) => () => markdown `- ${item()}`), { octets, separator: "\n", rest });
}

;// CONCATENATED MODULE: ./build/report/run-sections.js



const VERDICT_WORDS = {
    ready: markdown `✅ Ready`,
    blocked: markdown `⛔ Blocked`,
    unknown: markdown `❔ Unknown`,
};
const WITHOUT_DOMAIN = {
    ready: markdown `nothing in this change touches mail.`,
    blocked: markdown `this change would stop mail.`,
    unknown: markdown `the run could not find out what this change does to mail.`,
};
function run_sections_heading(run, worst) {
    const told = worst?.verdict === run.verdict ? sentence(worst.consequence) : WITHOUT_DOMAIN[run.verdict];
    return markdown `## ${VERDICT_WORDS[run.verdict]}: ${told}`;
}
function domainHeading({ policyDomain, verdict, consequence }, several) {
    if (!several)
        return markdown `### ${code(policyDomain)}`;
    return markdown `### ${VERDICT_WORDS[verdict]}: ${code(policyDomain)}\n\n${sentence(consequence)}`;
}
function domainTable(worst, run, octets) {
    if (run.counts.domains < 2)
        return markdown ``;
    const { domains, errors, warnings, unknowns } = run.counts;
    const counts = markdown `Domains ${domains}, errors ${errors}, warnings ${warnings}, unknowns ${unknowns}.`;
    const head = [
        markdown `Domain`,
        markdown `Verdict`,
        markdown `Errors`,
        markdown `Warnings`,
        markdown `What happens to mail`,
    ];
    const rows = worst.map((domain) => () => [
        code(domain.policyDomain),
        VERDICT_WORDS[domain.verdict],
        markdown `${countOf(domain, "error")}`,
        markdown `${countOf(domain, "warning")}`,
        sentence(domain.consequence),
    ]);
    const unseen = Math.max(0, domains - worst.length);
    return markdown `${counts}\n\n${table(head, rows, { octets, rest: "more domains", unseen })}`;
}
function vantageFooter({ vantage, commit, base, asOf, validUntil, mode, contacts }) {
    const { port25, ipv6, resolver, proxy, trustAnchors, privateNetworks } = vantage;
    const facts = [
        markdown `mode ${inertMarkdown(mode)}`,
        markdown `commit ${code(commit.slice(0, 12))} against ${code(base.slice(0, 12))}`,
        markdown `as of ${code(asOf)}`,
        ...(validUntil === null ? [] : [markdown `valid until ${code(validUntil)}`]),
        markdown `resolver ${code(resolver)}`,
        markdown `trust anchors: ${inertMarkdown(trustAnchors)}`,
        markdown `port 25 ${inertMarkdown(port25)}`,
        markdown `IPv6 ${inertMarkdown(ipv6)}`,
        ...(proxy === null ? [] : [markdown `proxy ${code(proxy)}`]),
        markdown `private networks ${inertMarkdown(privateNetworks)}`,
        markdown `${contacts.length} contacts`,
    ];
    const shown = markdown `Names and texts from DNS, servers and files are shown as they were found; none of them speaks for this gate.`;
    return markdown `---\n\n<sub>${joined(facts, " · ")}. ${shown}</sub>`;
}

;// CONCATENATED MODULE: ./build/report/comment.js






const LIMIT = 59_500;
const DOMAINS = 50;
const commentMarker = (label) => `<!-- mta-sts-gate:${label} -->`;
const comment = {
    id: "comment",
    destination: "pull-request",
    open: (context) => {
        const ranking = domainRanking(DOMAINS);
        return { add: ranking.add, finish: (run) => commentText(run, ranking.worst(), context) };
    },
};
function commentText(run, worst, context) {
    const head = markdown `${commentMarker(context.label)}\n${run_sections_heading(run, worst[0])}`;
    const notes = noteSection(run.notes, 6_000);
    const tail = filled([notes, ...fullReport(context), vantageFooter(run)]);
    const several = run.counts.domains > 1;
    const octets = LIMIT - octetsIn(head) - octetsIn(tail) - 4;
    const pieces = [
        () => domainTable(worst, run, 16_000),
        ...worst.flatMap((domain) => domainPieces(domain, several, context)),
    ];
    const rest = () => markdown `This comment is full; the job summary has the rest.`;
    const body = fitted(pieces, { octets, separator: "\n\n", rest });
    return `${filled([head, body, tail])}\n`;
}
function domainPieces(domain, several, context) {
    const ready = domain.verdict === "ready";
    if (several && ready)
        return [];
    return [
        ...(several ? [() => domainHeading(domain, several)] : []),
        () => reasonSection(domain, context, 14_000),
        ...(ready ? [] : [() => deliveryTable(domain, 9_000)]),
        () => fixSection(domain, 8_000),
        () => dateSection(domain),
        () => notCheckedSection(domain, 6_000),
        () => waiverSection(domain, context, 5_000),
    ];
}
const fullReport = ({ runUrl }) => runUrl === undefined ? [] : [markdown `[The whole report is in the job summary.](${runUrl})`];
const filled = (pieces) => joined(pieces.filter((piece) => piece !== ""), "\n\n");

;// CONCATENATED MODULE: ./build/report/json-v1.js
const jsonV1 = {
    id: "json-v1",
    destination: "file",
    open: ({ emit }) => {
        const held = [];
        const write = emit ?? ((piece) => void held.push(piece));
        let separator = "\n";
        write('{"version":1,"domains":[');
        return {
            add: (domain) => {
                write(separator + jsonText(domainJson(domain)));
                separator = ",\n";
            },
            finish: (run) => `${held.join("")}\n],${jsonText(runJson(run)).slice(1)}\n`,
        };
    },
};
const jsonText = (value) => JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
function runJson(run) {
    const { verdict, mode, asOf, validUntil, vantage, counts, commit, base, notes, contacts } = run;
    const rules = run.rules.map(({ id, title, cites }) => ({ rule: id, title, cites }));
    return { verdict, mode, asOf, validUntil, vantage, counts, commit, base, notes, contacts, rules };
}
function domainJson(domain) {
    const { policyDomain, verdict, consequence, touched, safeAfter, suggestedId, recordToPublish, validUntil } = domain;
    return {
        policyDomain,
        verdict,
        consequence,
        touched,
        safeAfter,
        suggestedId,
        recordToPublish,
        validUntil,
        deliveries: domain.deliveries.map(deliveryJson),
        rules: domain.rules.map(outcomeJson),
        notChecked: domain.notChecked,
        notes: domain.notes,
    };
}
const deliveryJson = ({ policy, mx, outcome, hosts }) => ({
    policy,
    mx,
    outcome,
    hosts: hosts.map(hostJson),
});
function hostJson(host) {
    const { host: name, verdict, addresses } = host;
    if (host.verdict === "refused") {
        const { resultType, reasonCode } = host;
        return { host: name, verdict, resultType, reasonCode, addresses };
    }
    return host.verdict === "unknown"
        ? { host: name, verdict, because: host.because, addresses }
        : { host: name, verdict, addresses };
}
function outcomeJson(outcome) {
    const findings = "findings" in outcome ? (outcome.findings ?? []) : [];
    const common = { rule: outcome.rule, outcome: outcome.kind, level: worstLevel(findings) };
    switch (outcome.kind) {
        case "unknown":
            return {
                ...common,
                needed: outcome.needed,
                missing: outcome.missing.map(missingJson),
                findings: findings.map(findingJson),
            };
        case "waived":
            return { ...common, waivedBy: outcome.by, findings: findings.map(findingJson) };
        default:
            return { ...common, findings: findings.map(findingJson) };
    }
}
const missingJson = ({ what, subject, message }) => ({
    what,
    subject,
    message,
});
function worstLevel(findings) {
    const found = new Set(findings.map(({ level }) => level));
    return ["error", "warning", "notice"].find((level) => found.has(level)) ?? null;
}
function findingJson({ level, message, location, related, resultType, facts, alreadySo, fix }) {
    return {
        level,
        message,
        location: locationJson(location),
        ...(related ? { related: related.map(locationJson) } : {}),
        ...(resultType ? { resultType } : {}),
        ...(alreadySo ? { alreadySo } : {}),
        ...(fix ? { fix } : {}),
        facts,
    };
}
function locationJson(location) {
    if (location.kind !== "file")
        return location;
    const { startLine, startColumn, endLine, endColumn } = location.span;
    return { kind: "file", file: location.path, line: startLine, column: startColumn, endLine, endColumn };
}

;// CONCATENATED MODULE: ./build/report/summary.js







const summary_LIMIT = 900_000;
const summary_DOMAINS = 200;
const summary = {
    id: "summary",
    destination: "job-summary",
    open: (context) => {
        const ranking = domainRanking(summary_DOMAINS);
        return { add: ranking.add, finish: (run) => summaryText(run, ranking.worst(), context) };
    },
};
function summaryText(run, worst, context) {
    const head = run_sections_heading(run, worst[0]);
    const tail = summary_filled([noteSection(run.notes, 20_000), contactTable(run.contacts), vantageFooter(run)]);
    const overview = domainTable(worst, run, 100_000);
    const octets = summary_LIMIT - octetsIn(head) - octetsIn(tail) - octetsIn(overview) - 6;
    const pieces = worst.map((domain) => () => domainPart(domain, run, context));
    const unseen = Math.max(0, run.counts.domains - worst.length);
    const rest = (left) => markdown `${left} more domains are in the report file.`;
    const body = fitted(pieces, { octets, separator: "\n\n", rest, unseen });
    return `${summary_filled([head, overview, body, tail])}\n`;
}
function domainPart(domain, run, context) {
    return summary_filled([
        domainHeading(domain, run.counts.domains > 1),
        reasonSection(domain, context, 60_000),
        deliveryTable(domain, 60_000),
        fixSection(domain, 20_000),
        dateSection(domain),
        notCheckedSection(domain, 20_000),
        waiverSection(domain, context, 20_000),
        noteSection(domain.notes, 20_000),
        ruleTable(domain, run, context),
    ]);
}
function ruleTable({ rules }, run, context) {
    if (rules.length === 0)
        return markdown ``;
    const titles = new Map(run.rules.map(({ id, title }) => [id, title]));
    const head = [markdown `Rule`, markdown `What it says`, markdown `Outcome`, markdown `Why`];
    const rows = rules.map((outcome) => () => [
        ruleLink(outcome.rule, context),
        inertMarkdown(titles.get(outcome.rule) ?? ""),
        outcomeCell(outcome),
        whyCell(outcome),
    ]);
    const body = table(head, rows, { octets: 60_000, rest: "more rules" });
    return folded(markdown `Every rule and its outcome (${rules.length})`, body);
}
function outcomeCell(outcome) {
    switch (outcome.kind) {
        case "failed":
            return markdown `**failed**`;
        case "unknown":
            return outcome.needed ? markdown `**unknown**` : markdown `unknown, not needed`;
        default:
            return inertMarkdown(outcome.kind);
    }
}
function whyCell(outcome) {
    if (outcome.kind === "failed")
        return markdown `findings: ${outcome.findings.length}`;
    if (outcome.kind !== "unknown")
        return markdown ``;
    return joined(outcome.missing.slice(0, 3).map(({ message }) => sentence(message)), "<br>");
}
function contactTable(contacts) {
    if (contacts.length === 0)
        return markdown ``;
    const head = [markdown `For`, markdown `Name`, markdown `Address`, markdown `Port`];
    const rows = contacts.map(({ purpose, name, address, port }) => () => [
        inertMarkdown(purpose),
        code(name),
        code(address),
        markdown `${port}`,
    ]);
    const body = table(head, rows, { octets: 100_000, rest: "more contacts" });
    return folded(markdown `Everyone this run talked to (${contacts.length})`, body);
}
const folded = (title, body) => markdown `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;
const summary_filled = (pieces) => joined(pieces.filter((piece) => piece !== ""), "\n\n");

;// CONCATENATED MODULE: ./build/report/text.js




const LINES = 2_000;
const text_DOMAINS = 200;
const SGR = { red: 31, yellow: 33, green: 32, dim: 2 };
const VERDICT_COLOURS = { blocked: "red", unknown: "yellow", ready: "green" };
const LEVEL_COLOURS = { error: "red", warning: "yellow", notice: "dim" };
const coloured = (colour, text) => `\u001b[${SGR[colour]}m${text}\u001b[0m`;
const plain = (_, text) => text;
const text_text = {
    id: "text",
    destination: "stdout",
    open: ({ colour = false }) => {
        const ranking = domainRanking(text_DOMAINS);
        const paint = colour ? coloured : plain;
        return { add: ranking.add, finish: (run) => reportText(run, ranking.worst(), paint) };
    },
};
function reportText(run, worst, paint) {
    const lines = worst.flatMap((domain) => [...domainLines(domain, paint), log ``]);
    const shown = lines.slice(0, LINES);
    const cut = lines.length - shown.length;
    const unseen = run.counts.domains - worst.length;
    const left = [
        ...(cut > 0 ? [log `${cut} more lines are not shown; the report file has everything.`] : []),
        ...(unseen > 0 ? [log `${unseen} more domains are not shown; the report file has everything.`] : []),
    ];
    return [...shown, ...left, ...runLines(run, paint)].map((line) => `${line}\n`).join("");
}
function domainLines(domain, paint) {
    const verdict = paint(VERDICT_COLOURS[domain.verdict], inertLog(domain.verdict));
    const unknown = neededUnknowns(domain).flatMap(({ rules, missing }) => [
        log `  ${paint("yellow", log `unknown`)} ${inertLog(rules.join(", "))}`,
        log `    ${inertLog(missing.message)}`,
    ]);
    return [
        log `${inertLog(domain.policyDomain)}: ${verdict}: ${inertLog(domain.consequence)}`,
        ...findingLines(domain, paint),
        ...unknown,
        ...deliveryViews(domain.deliveries).flatMap(deliveryLines),
        ...fixLines(domain),
        ...domain.notChecked.map((told) => log `  not checked: ${inertLog(told)}`),
        ...domain.rules.flatMap(waivedLines),
        ...domain.notes.map((note) => log `  note: ${inertLog(note)}`),
    ];
}
function findingLines(domain, paint) {
    return findingsOf(domain).flatMap(({ rule, finding }) => {
        const { level, location, message, alreadySo } = finding;
        const before = alreadySo ? log ` (already so before this change)` : log ``;
        return [
            log `  ${paint(LEVEL_COLOURS[level], inertLog(level))} ${inertLog(rule)} ${inertLog(placeOf(location))}`,
            log `    ${inertLog(message)}${before}`,
        ];
    });
}
function deliveryLines({ holds, outcome, hosts }) {
    return [
        log `  a sender that holds ${inertLog(holds)}: ${inertLog(outcome)}`,
        ...hosts.map((host) => log `    ${hostLine(host)}`),
    ];
}
function hostLine(host) {
    const said = log `${inertLog(host.host)} ${inertLog(host.verdict)}`;
    const addresses = host.addresses.length > 0 ? log ` (${inertLog(host.addresses.join(", "))})` : log ``;
    if (host.verdict === "accepted")
        return log `${said}${addresses}`;
    const why = host.verdict === "unknown" ? host.because : `${host.resultType} ${host.reasonCode}`.trimEnd();
    return log `${said}: ${inertLog(why)}${addresses}`;
}
function fixLines({ suggestedId, recordToPublish, safeAfter, validUntil }) {
    return [
        ...(recordToPublish === null ? [] : [log `  publish: ${inertLog(recordToPublish)}`]),
        ...(suggestedId === null ? [] : [log `  an id that is valid and new: ${inertLog(suggestedId)}`]),
        ...(safeAfter === null ? [] : [log `  next step safe after ${inertLog(safeAfter)}`]),
        ...(validUntil === null ? [] : [log `  valid until ${inertLog(validUntil)}`]),
    ];
}
function waivedLines(outcome) {
    if (outcome.kind !== "waived")
        return [];
    const { by, rule, findings } = outcome;
    const why = by.kind === "off" ? log `off in the config` : log `until ${inertLog(by.until)}: ${inertLog(by.reason)}`;
    return [
        log `  waived: ${inertLog(rule)}, ${why}`,
        ...findings.map(({ message }) => log `    would have said: ${inertLog(message)}`),
    ];
}
function runLines({ verdict, counts, vantage, notes }, paint) {
    const { domains, errors, warnings, unknowns } = counts;
    const { resolver, trustAnchors, port25, ipv6, proxy, privateNetworks } = vantage;
    const through = proxy === null ? log `` : log `, proxy ${inertLog(proxy)}`;
    const network = log `port 25 ${inertLog(port25)}, IPv6 ${inertLog(ipv6)}, private networks ${inertLog(privateNetworks)}`;
    return [
        ...notes.map((note) => log `note: ${inertLog(note)}`),
        log `looked from: resolver ${inertLog(resolver)}, ${inertLog(trustAnchors)}, ${network}${through}`,
        log `${paint(VERDICT_COLOURS[verdict], inertLog(verdict))}: domains ${domains}, errors ${errors}, warnings ${warnings}, unknowns ${unknowns}`,
    ];
}

;// CONCATENATED MODULE: ./build/report/reporters.js





const REPORTERS = [annotations, comment, summary, jsonV1, text_text];

;// CONCATENATED MODULE: external "node:path"
const external_node_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");
;// CONCATENATED MODULE: ./build/run/bounded-file.js

function readBounded(path, limit) {
    const file = (0,external_node_fs_namespaceObject.openSync)(path, external_node_fs_namespaceObject.constants.O_RDONLY | external_node_fs_namespaceObject.constants.O_NONBLOCK);
    try {
        const { size } = regular(file, limit);
        const octets = Buffer.alloc(size);
        let read = 0;
        for (let more = -1; more !== 0 && read < size; read += more)
            more = (0,external_node_fs_namespaceObject.readSync)(file, octets, read, size - read, null);
        return octets.toString("utf8", 0, read);
    }
    finally {
        (0,external_node_fs_namespaceObject.closeSync)(file);
    }
}
function regular(file, limit) {
    const stat = (0,external_node_fs_namespaceObject.fstatSync)(file);
    if (!stat.isFile())
        throw new Error("no regular file");
    if (stat.size > limit)
        throw new Error(`more than ${limit} octets`);
    return stat;
}

;// CONCATENATED MODULE: ./build/run/ca-file.js



const ca_file_LIMIT = 4 * 1024 * 1024; // octets
function caText({ caFile }, workspace) {
    if (caFile === undefined)
        return undefined;
    try {
        return readBounded((0,external_node_path_namespaceObject.resolve)(workspace, caFile), ca_file_LIMIT);
    }
    catch {
        throw new OptionError("ca-file", `${caFile} is no readable file of at most 4 MiB`, { allowed: ["a PEM file"] });
    }
}

;// CONCATENATED MODULE: ./build/citation.js
function cite(document, section) {
    const anchor = document.toLowerCase().replace(" ", "");
    return { text: `${document} §${section}`, url: `https://www.rfc-editor.org/rfc/${anchor}#section-${section}` };
}

;// CONCATENATED MODULE: ./build/protocol/domain-name.js
const NAME = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.?$/;
function domain_name_domainName(text) {
    if (text.length > 254 || !NAME.test(text))
        return undefined;
    const name = text.endsWith(".") ? text.slice(0, -1) : text;
    return name.length <= 253 ? name.toLowerCase() : undefined;
}
function hostName(text) {
    const written = domain_name_domainName(text);
    if (written !== undefined || text.length > 254 || !/[^\x20-\x7e]/.test(text))
        return written;
    const labels = text.replace(/\.$/, "").split(".");
    const url = labels.every((label) => /^[A-Za-z0-9\u0080-\u{10ffff}-]+$/u.test(label))
        ? `http://${labels.join(".")}`
        : "";
    const mapped = URL.canParse(url) ? new URL(url).hostname.split(".") : [];
    const kept = mapped.length === labels.length && labels.every((label, at) => isALabelOf(mapped[at] ?? "", label));
    return kept ? domain_name_domainName(mapped.join(".")) : undefined;
}
function isALabelOf(mapped, label) {
    return mapped.startsWith("xn--") || mapped === label.toLowerCase();
}
function resemblesAddress(name) {
    return /^[0-9]+$/.test(name.slice(name.lastIndexOf(".") + 1));
}

;// CONCATENATED MODULE: ./build/protocol/mx-pattern.js

function parseMxPattern(text) {
    const wildcard = text.startsWith("*.");
    const host = text.endsWith(".") ? undefined : domain_name_domainName(wildcard ? text.slice(2) : text);
    return host && { wildcard, host };
}
function printMxPattern({ wildcard, host }) {
    return wildcard ? `*.${host}` : host;
}
function matchesMx({ wildcard, host: pattern }, host) {
    if (!wildcard)
        return host === pattern;
    const dot = host.indexOf(".");
    return dot > 0 && host.slice(dot + 1) === pattern;
}

;// CONCATENATED MODULE: ./build/protocol/policy-defect.js
const NO_POLICY = "so senders that keep to RFC 8461 find no policy here";
const LONGEST_QUOTE = 60; // UTF-16 units
function quoted(text) {
    return text.length > LONGEST_QUOTE ? `\`${text.slice(0, LONGEST_QUOTE)}…\`` : `\`${text}\``;
}
function didYouMean(guess) {
    return guess === undefined ? "" : ` (did you mean ${quoted(guess)}?)`;
}

;// CONCATENATED MODULE: ./build/protocol/policy-value.js



const MODES = ["enforce", "testing", "none"];
const LONGEST_MAX_AGE = 31_557_600;
function readVersion(text) {
    if (text === "STSv1")
        return { kind: "value", value: text };
    return defect("version-value", `The version ${quoted(text)} is not ${quoted("STSv1")}, ${NO_POLICY}.`);
}
function readMode(text) {
    const mode = MODES.find((each) => each === text);
    if (mode !== undefined)
        return { kind: "value", value: mode };
    const start = text
        .toLowerCase()
        .replace(/[^a-z]/g, "")
        .slice(0, 3);
    const meant = start.length === 3 ? MODES.find((each) => each.startsWith(start)) : undefined;
    const guess = didYouMean(meant && `mode: ${meant}`);
    return defect("mode-value", `The mode ${quoted(text)} is none of enforce, testing and none${guess}, ${NO_POLICY}.`);
}
function readMaxAge(text) {
    if (!/^[0-9]{1,10}$/.test(text)) {
        const digits = /^[0-9][0-9,._ ']*(?=(?:s|secs?|seconds?)?$)/i.exec(text)?.[0].replace(/[^0-9]/g, "");
        const guess = didYouMean(digits === undefined || digits.length > 8 ? undefined : `max_age: ${digits}`);
        return defect("max-age-value", `The max_age ${quoted(text)} is not 1 to 10 digits, in seconds${guess}, ${NO_POLICY}.`);
    }
    const seconds = Number(text);
    if (seconds <= LONGEST_MAX_AGE)
        return { kind: "value", value: seconds };
    const why = `is above the maximum of ${LONGEST_MAX_AGE} seconds (one year)`;
    return defect("max-age-range", `The max_age ${quoted(text)} ${why}, so senders drop the policy or read another time.`);
}
function readMx(text) {
    const pattern = parseMxPattern(text);
    if (pattern !== undefined)
        return { kind: "value", value: pattern };
    const guess = didYouMean(meantMx(text));
    return defect("mx-value", `${quoted(`mx: ${text}`)} is no host name and no ${quoted("*.")} with a host name${guess}, ${NO_POLICY}.`);
}
function meantMx(text) {
    const bare = text
        .split("#", 1)[0]
        ?.trim()
        .replace(/^[0-9]+\s+/, "")
        .replace(/(?::[0-9]{1,5}|\.)$/, "") ?? "";
    const wildcard = /^\*?\.(?!\*)/.test(bare);
    const host = hostName(bare.replace(/^\*?\./, ""));
    if (host !== undefined)
        return `mx: ${printMxPattern({ wildcard, host })}`;
    const several = bare.split(/[\s,;]+/).filter((part) => part !== "");
    const first = several.length > 1 ? parseMxPattern(several[0] ?? "") : undefined;
    return first && `mx: ${printMxPattern(first)}`;
}
function defect(code, message) {
    return { kind: "defect", code, message };
}

;// CONCATENATED MODULE: ./build/protocol/plain-policy.js

const LF = 0x0a;
const CR = 0x0d;
const SP = 0x20;
const STAR = 0x2a;
const DOT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const NOT_PLAIN = -1;
const DECODER = new TextDecoder();
function readPlainPolicy(bytes) {
    const mx = [];
    let mode;
    let maxAge = NOT_PLAIN;
    let version = false;
    let text = "";
    let at = 0;
    while (at < bytes.length) {
        if (isMx(bytes, at)) {
            const value = spacesEnd(bytes, at + 3);
            const wildcard = bytes[value] === STAR && bytes[value + 1] === DOT;
            const host = wildcard ? value + 2 : value;
            at = hostEnd(bytes, host);
            if (at < 0)
                return undefined;
            if (text === "")
                text = DECODER.decode(bytes);
            mx.push({ wildcard, host: text.slice(host, at) });
        }
        else if (mode === undefined && isMode(bytes, at)) {
            const value = spacesEnd(bytes, at + 5);
            mode = modeAt(bytes, value);
            if (mode === undefined)
                return undefined;
            at = value + mode.length;
        }
        else if (maxAge < 0 && isMaxAge(bytes, at)) {
            const value = spacesEnd(bytes, at + 8);
            at = digitsEnd(bytes, value);
            maxAge = numberIn(bytes, value, at);
        }
        else if (!version && isVersion(bytes, at)) {
            const value = spacesEnd(bytes, at + 8);
            version = isStsv1(bytes, value);
            at = version ? value + 5 : NOT_PLAIN;
        }
        else
            return undefined;
        at = lineEnd(bytes, at);
        if (at < 0)
            return undefined;
    }
    if (!version || mode === undefined || maxAge < 0 || maxAge > LONGEST_MAX_AGE)
        return undefined;
    return mode !== "none" && mx.length === 0 ? undefined : { mode, maxAge, mx };
}
const isMx = (b, at) => b[at] === 0x6d && b[at + 1] === 0x78 && b[at + 2] === COLON;
const isMode = (b, at) => b[at] === 0x6d && b[at + 1] === 0x6f && b[at + 2] === 0x64 && b[at + 3] === 0x65 && b[at + 4] === COLON;
const isMaxAge = (b, at) => b[at] === 0x6d &&
    b[at + 1] === 0x61 &&
    b[at + 2] === 0x78 &&
    b[at + 3] === 0x5f &&
    b[at + 4] === 0x61 &&
    b[at + 5] === 0x67 &&
    b[at + 6] === 0x65 &&
    b[at + 7] === COLON;
const isVersion = (b, at) => b[at] === 0x76 &&
    b[at + 1] === 0x65 &&
    b[at + 2] === 0x72 &&
    b[at + 3] === 0x73 &&
    b[at + 4] === 0x69 &&
    b[at + 5] === 0x6f &&
    b[at + 6] === 0x6e &&
    b[at + 7] === COLON;
const isStsv1 = (b, at) => b[at] === 0x53 && b[at + 1] === 0x54 && b[at + 2] === 0x53 && b[at + 3] === 0x76 && b[at + 4] === 0x31;
const isEnforce = (b, at) => b[at] === 0x65 &&
    b[at + 1] === 0x6e &&
    b[at + 2] === 0x66 &&
    b[at + 3] === 0x6f &&
    b[at + 4] === 0x72 &&
    b[at + 5] === 0x63 &&
    b[at + 6] === 0x65;
const isTesting = (b, at) => b[at] === 0x74 &&
    b[at + 1] === 0x65 &&
    b[at + 2] === 0x73 &&
    b[at + 3] === 0x74 &&
    b[at + 4] === 0x69 &&
    b[at + 5] === 0x6e &&
    b[at + 6] === 0x67;
const isNone = (b, at) => b[at] === 0x6e && b[at + 1] === 0x6f && b[at + 2] === 0x6e && b[at + 3] === 0x65;
function modeAt(bytes, at) {
    if (isEnforce(bytes, at))
        return "enforce";
    if (isTesting(bytes, at))
        return "testing";
    return isNone(bytes, at) ? "none" : undefined;
}
function spacesEnd(bytes, at) {
    let end = at;
    while (bytes[end] === SP)
        end += 1;
    return end;
}
const OTHER = 0;
const LETTER_DIGIT = 1;
const HYPHEN = 2;
const SEPARATOR = 3;
const KINDS = new Uint8Array(256).fill(OTHER);
for (const char of "abcdefghijklmnopqrstuvwxyz0123456789")
    KINDS[char.charCodeAt(0)] = LETTER_DIGIT;
KINDS[0x2d] = HYPHEN;
KINDS[DOT] = SEPARATOR;
function hostEnd(bytes, start) {
    let at = start;
    let label = start;
    let before = SEPARATOR;
    for (; at < bytes.length; at += 1) {
        const kind = KINDS[bytes[at]];
        if (kind === OTHER)
            break;
        if (kind === HYPHEN && before === SEPARATOR)
            return NOT_PLAIN;
        if (kind === SEPARATOR) {
            if (before !== LETTER_DIGIT || at - label > 63)
                return NOT_PLAIN;
            label = at + 1;
        }
        before = kind;
    }
    return before === LETTER_DIGIT && at - label <= 63 && at - start <= 253 ? at : NOT_PLAIN;
}
function digitsEnd(bytes, start) {
    let at = start;
    while (at - start <= 10 && isDigit(bytes[at]))
        at += 1;
    return at > start && at - start <= 10 ? at : NOT_PLAIN;
}
const isDigit = (octet) => octet !== undefined && octet >= ZERO && octet <= 0x39;
function numberIn(bytes, start, end) {
    let value = 0;
    for (let at = start; at < end; at += 1)
        value = value * 10 + (bytes[at] - ZERO);
    return value;
}
function lineEnd(bytes, at) {
    if (at === bytes.length)
        return at;
    if (bytes[at] === LF)
        return at + 1;
    return bytes[at] === CR && bytes[at + 1] === LF ? at + 2 : NOT_PLAIN;
}

;// CONCATENATED MODULE: ./build/protocol/policy-field.js
const FIELD_NAMES = ["version", "mode", "max_age", "mx"];
const FIELD_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;
function nearMiss(name) {
    if (FIELD_NAMES.some((known) => known === name))
        return undefined;
    if (name === "v")
        return "version"; // the TXT record's word for it (RFC 8461 §3.1)
    const bare = name.slice(0, 32).toLowerCase().replace(/[-_.]/g, "");
    if (bare.length < 2)
        return undefined;
    return FIELD_NAMES.find((known) => {
        const meant = known.replace("_", "");
        return bare === meant || (bare.length >= Math.max(3, meant.length - 1) && slips(bare, meant));
    });
}
function slips(a, b) {
    let head = 0;
    while (head < a.length && a[head] === b[head])
        head += 1;
    const [restA, restB] = [a.slice(head), b.slice(head)];
    const exchanged = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
    return restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1) || exchanged;
}

;// CONCATENATED MODULE: ./build/protocol/span.js
const TOP = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
function spanOf(number, start, end) {
    return { startLine: number, startColumn: start + 1, endLine: number, endColumn: end + 1 };
}

;// CONCATENATED MODULE: ./build/protocol/policy-draft.js




function emptyDraft() {
    return { fields: [], defects: [], seen: new Set(), mx: [] };
}
function useOf(draft, name) {
    if (name === "mx")
        return "applied";
    if (!FIELD_NAMES.some((known) => known === name))
        return "unknown";
    return draft.seen.has(name) ? "duplicate" : "applied";
}
function applyValue(draft, field) {
    const { name, value, use, span } = field;
    const faulty = (code, where, message) => {
        draft.defects.push({ code, span: where, message });
    };
    const valueSpan = spanOf(span.startLine, span.endColumn - 1 - value.length, span.endColumn - 1);
    if (value === "") {
        faulty("empty-value", span, `The field ${quoted(name)} has no value, ${NO_POLICY}.`);
    }
    else if (use === "applied") {
        const reading = readValue(draft, name, value);
        if (reading.kind === "defect")
            faulty(reading.code, valueSpan, reading.message);
    }
    else if (hasControl(value)) {
        faulty("field-value", valueSpan, `The value of ${quoted(name)} has a control character in it, ${NO_POLICY}.`);
    }
}
function readValue(draft, name, value) {
    if (name === "version")
        return readVersion(value);
    if (name === "mx")
        return kept(readMx(value), (pattern) => draft.mx.push(pattern));
    if (name === "mode") {
        return kept(readMode(value), (mode) => {
            draft.mode = mode;
        });
    }
    return kept(readMaxAge(value), (seconds) => {
        draft.maxAge = seconds;
    });
}
function kept(reading, keep) {
    if (reading.kind === "value")
        keep(reading.value);
    return reading;
}
function hasControl(text) {
    for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at);
        if (unit < 0x20 || unit === 0x7f)
            return true;
    }
    return false;
}
function reportMissing(draft) {
    const withMx = draft.mode === "enforce" || draft.mode === "testing"; // RFC 8461 §3.2: none may go without
    const required = FIELD_NAMES.filter((name) => name !== "mx" || withMx);
    const missing = required.filter((name) => !draft.seen.has(name));
    if (missing.length === 0)
        return;
    const slips = new Map();
    for (const field of draft.fields) {
        const meant = field.use === "unknown" ? nearMiss(field.name) : undefined;
        if (meant !== undefined && !slips.has(meant))
            slips.set(meant, field);
    }
    for (const name of missing)
        draft.defects.push(missingDefect(name, slips.get(name)));
}
function missingDefect(name, slip) {
    const code = name === "max_age" ? "max-age-missing" : `${name}-missing`;
    const what = name === "mx" ? "There is no mx field, and only the mode none may do without" : `There is no ${name} field`;
    const guess = slip ? `; ${quoted(slip.name)} is an unknown name${didYouMean(`${name}: ${slip.value}`)}` : "";
    return { code, span: slip?.span ?? TOP, message: `${what}${guess}, ${NO_POLICY}.` };
}

;// CONCATENATED MODULE: ./build/protocol/policy-text.js
const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });
const policy_text_ENCODER = new TextEncoder();
const NONE = new Map();
const policy_text_LF = 0x0a;
function policyText(bytes) {
    try {
        return { text: STRICT.decode(bytes), broken: NONE };
    }
    catch {
        return { text: LENIENT.decode(bytes), broken: brokenLines(bytes) };
    }
}
function startsAsUtf16(bytes) {
    return (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
}
function brokenLines(bytes) {
    const broken = new Map();
    for (let start = 0, number = 1; start < bytes.length; number += 1) {
        const feed = bytes.indexOf(policy_text_LF, start);
        const line = bytes.subarray(start, feed < 0 ? bytes.length : feed);
        const at = firstBroken(line);
        if (at !== undefined)
            broken.set(number, at);
        start += line.length + 1;
    }
    return broken;
}
function firstBroken(line) {
    const again = policy_text_ENCODER.encode(LENIENT.decode(line));
    if (again.length === line.length && again.every((octet, at) => octet === line[at]))
        return undefined;
    const at = again.findIndex((octet, index) => octet !== line[index]);
    return LENIENT.decode(line.subarray(0, Math.max(0, at))).length + 1;
}

;// CONCATENATED MODULE: ./build/protocol/white-space.js
function blanksEnd(text, at) {
    let end = at;
    while (isBlank(text.charCodeAt(end)))
        end += 1;
    return end;
}
function blanksStart(text, at) {
    let start = at;
    while (start > 0 && isBlank(text.charCodeAt(start - 1)))
        start -= 1;
    return start;
}
function isBlank(unit) {
    return unit === 0x20 || unit === 0x09;
}

;// CONCATENATED MODULE: ./build/protocol/policy-line.js






function readPolicyLines(bytes) {
    const draft = emptyDraft();
    if (bytes.length === 0)
        return withWhole(draft, "empty", `The file is empty, ${NO_POLICY}.`);
    if (startsAsUtf16(bytes))
        return withWhole(draft, "utf-16", `The file is UTF-16 and not UTF-8, ${NO_POLICY}.`);
    const { text, broken } = policyText(bytes);
    for (let start = 0, number = 1; start < text.length; number += 1) {
        const feed = text.indexOf("\n", start);
        const end = feed < 0 ? text.length : feed;
        const crlf = feed > start && text.charCodeAt(feed - 1) === 0x0d;
        const column = broken.get(number);
        readLine(draft, { text: text.slice(start, crlf ? end - 1 : end), number, broken: column !== undefined });
        if (column !== undefined) {
            const message = `An octet here is not UTF-8, ${NO_POLICY}.`;
            draft.defects.push({ code: "utf-8", span: spanOf(number, column - 1, column), message });
        }
        start = end + 1;
    }
    reportMissing(draft);
    return draft;
}
function withWhole(draft, code, message) {
    draft.defects.push({ code, span: TOP, message });
    return draft;
}
function readLine(draft, line) {
    const { text, number, broken } = line;
    const faulty = (code, span, message) => {
        if (!broken)
            draft.defects.push({ code, span, message });
    };
    const [start, end] = [blanksEnd(text, 0), blanksStart(text, text.length)];
    if (start >= end)
        return addBlank(draft, line);
    const carriageReturn = text.indexOf("\r");
    if (carriageReturn >= 0) {
        const message = `A carriage return without a line feed ends no line, ${NO_POLICY}.`;
        faulty("line-ending", spanOf(number, carriageReturn, carriageReturn + 1), message);
    }
    const marked = number === 1 && text.charCodeAt(0) === 0xfeff;
    if (marked)
        faulty("byte-order-mark", spanOf(1, 0, 1), `The file begins with a byte order mark, ${NO_POLICY}.`);
    const nameStart = marked ? 1 : start;
    const colon = text.indexOf(":");
    if (colon < 0) {
        const meant = fieldMeant(text.slice(nameStart, end));
        if (meant)
            draft.seen.add(meant.name); // one slip, one defect: the field is not missing as well
        return faulty("no-colon", spanOf(number, nameStart, end), noColonMessage(text.slice(nameStart, end), meant?.line));
    }
    const nameEnd = blanksStart(text, colon);
    const name = text.slice(nameStart, nameEnd);
    if (!FIELD_NAME.test(name)) {
        const span = spanOf(number, Math.min(nameStart, colon), Math.max(colon, 1));
        return faulty("field-name", span, `${quoted(name)} is no name of a field, ${NO_POLICY}.`);
    }
    if (start > 0 || nameEnd < colon) {
        const message = `White space stands before or after the name ${quoted(name)}, ${NO_POLICY}.`;
        faulty("white-space", start > 0 ? spanOf(number, 0, start) : spanOf(number, nameEnd, colon), message);
    }
    const value = text.slice(Math.min(blanksEnd(text, colon + 1), end), end);
    const field = { name, value, span: spanOf(number, nameStart, end), use: useOf(draft, name) };
    draft.fields.push(field);
    draft.seen.add(name);
    if (!broken && carriageReturn < 0)
        applyValue(draft, field);
}
function addBlank(draft, { text, number }) {
    const last = draft.defects.at(-1);
    const run = last?.code === "blank-line" && last.span.endLine === number - 1;
    const startLine = run ? last.span.startLine : number;
    if (run)
        draft.defects.pop();
    const what = startLine === number ? "A blank line is no field" : "Blank lines are no fields";
    const span = { startLine, startColumn: 1, endLine: number, endColumn: text.length + 1 };
    draft.defects.push({ code: "blank-line", span, message: `${what}, ${NO_POLICY}.` });
}
function noColonMessage(text, guess) {
    if (text.startsWith("v=STSv1")) {
        return `This is the text of the ${quoted("_mta-sts")} TXT record and not a line of a policy, ${NO_POLICY}.`;
    }
    return `${quoted(text)} has no colon${didYouMean(guess)}, ${NO_POLICY}.`;
}
function fieldMeant(text) {
    const [, word = "", value = ""] = /^([A-Za-z_-]{2,32})[=\s]\s*(?:=\s*)?(\S.*)/.exec(text.slice(0, 100)) ?? [];
    const name = FIELD_NAMES.find((known) => known === word) ?? nearMiss(word);
    return name && { name, line: `${name}: ${value}` };
}

;// CONCATENATED MODULE: ./build/protocol/policy.js




function parsePolicy(bytes) {
    const plain = readPlainPolicy(bytes);
    return plain ? new PlainParse(plain, bytes) : parseWhole(bytes);
}
class PlainParse {
    kind = "valid";
    policy;
    bytes;
    constructor(policy, bytes) {
        this.policy = policy;
        this.bytes = bytes;
    }
    get fields() {
        return readPolicyLines(this.bytes).fields;
    }
}
function parseWhole(bytes) {
    const { fields, defects, mode, maxAge, mx } = readPolicyLines(bytes);
    if (defects.length === 0 && mode !== undefined && maxAge !== undefined)
        return { kind: "valid", policy: { mode, maxAge, mx }, fields };
    const partial = { ...(mode && { mode }), ...(maxAge !== undefined && { maxAge }), mx };
    return { kind: "invalid", defects, fields, partial };
}
function printPolicy({ mode, maxAge, mx }) {
    const patterns = mx.map((pattern) => `mx: ${printMxPattern(pattern)}\n`).join("");
    return `version: STSv1\nmode: ${mode}\n${patterns}max_age: ${maxAge}\n`;
}
function samePolicy(a, b) {
    const patterns = new Set(a.mx.map(printMxPattern));
    const others = new Set(b.mx.map(printMxPattern));
    const samePatterns = patterns.size === others.size && [...patterns].every((pattern) => others.has(pattern));
    return samePatterns && a.mode === b.mode && a.maxAge === b.maxAge;
}
function covers(policy, host) {
    const name = hostName(host);
    return name !== undefined && policy.mx.some((pattern) => matchesMx(pattern, name));
}

;// CONCATENATED MODULE: ./build/judge/locate.js

function fieldPlace(view, name, fits = () => true) {
    if (view.kind !== "valid" && view.kind !== "invalid")
        return { kind: "input", name: "policy" };
    const fields = view.kind === "valid" ? view.fields : view.parse.fields;
    const found = fields.findLast((field) => field.name === name && field.use === "applied" && fits(field));
    return found && view.place.kind === "file" ? { ...view.place, span: found.span } : view.place;
}
function mxLine(view, host) {
    const matching = (wildcards) => (field) => {
        const pattern = parseMxPattern(field.value);
        return pattern !== undefined && pattern.wildcard === wildcards && matchesMx(pattern, host);
    };
    const places = [false, true].map((wildcards) => fieldPlace(view, "mx", matching(wildcards)));
    return places.find((place) => "place" in view && place !== view.place);
}
function hostPlace({ mx, policy, policyDomain }, host, added) {
    const record = mx.proposed.kind === "hosts" ? mx.proposed.places.get(host) : undefined;
    if (added && record)
        return record;
    const covered = mxLine(policy.proposed, host) ?? fieldPlace(policy.proposed, "mx");
    if (covered.kind === "file")
        return covered;
    return record ?? { kind: "dns", owner: policyDomain, type: "MX" };
}
function recordPlace({ record, policyDomain }) {
    const view = record.proposed;
    if ("place" in view)
        return view.place;
    if (view.kind === "multiple" && view.places[0])
        return view.places[0];
    return { kind: "dns", owner: `_mta-sts.${policyDomain}`, type: "TXT" };
}

;// CONCATENATED MODULE: ./build/proposal.js

const UNSAID = { kind: "unsaid" };
function mxHostOf({ data }) {
    return domain_name_domainName(/^[0-9]+ +(\S+)$/.exec(data ?? "")?.[1] ?? "");
}

;// CONCATENATED MODULE: ./build/judge/mx-view.js

function mxSaid({ mxRecords }, policyDomain) {
    if (mxRecords.kind === "unsaid")
        return undefined;
    const open = mxRecords.value.some(({ data }) => data === null);
    if (open)
        return { kind: "unknown", because: "not-asked" };
    const places = new Map(mxRecords.value.flatMap((record) => mx_view_withPlace(mxHostOf(record), record.location)));
    if (places.size > 0)
        return { kind: "hosts", hosts: [...places.keys()], places };
    return mxRecords.value.length > 0 ? { kind: "null-mx" } : { kind: "implicit", hosts: [policyDomain] };
}
function mx_view_withPlace(host, place) {
    return host ? [[host, place]] : [];
}
function mxDeployed({ mx }, policyDomain) {
    if (mx.kind === "unobserved")
        return { kind: "unknown", because: mx.because };
    switch (mx.value.kind) {
        case "null-mx":
            return { kind: "null-mx" };
        case "records": {
            const place = { kind: "dns", owner: policyDomain, type: "MX" };
            const places = new Map(mx.value.records.map(({ host }) => [host, place]));
            return { kind: "hosts", hosts: [...places.keys()], places };
        }
        default:
            return { kind: "implicit", hosts: [policyDomain] };
    }
}
function hostsIn(view) {
    return view?.kind === "hosts" || view?.kind === "implicit" ? view.hosts : [];
}

;// CONCATENATED MODULE: ./build/protocol/octets.js
const octets_STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
function octetsFrom(bytes) {
    try {
        return { encoding: "utf-8", data: octets_STRICT.decode(bytes) };
    }
    catch {
        return { encoding: "base64", data: btoa(octetText(bytes)) };
    }
}
function bytesOf({ encoding, data }) {
    return encoding === "utf-8" ? new TextEncoder().encode(data) : octetsOfText(atob(data));
}
function sameOctets(a, b) {
    return a.encoding === b.encoding && a.data === b.data;
}
function octetText(bytes) {
    let text = "";
    for (let at = 0; at < bytes.length; at += 8192)
        text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return text;
}
function octetsOfText(text) {
    const bytes = new Uint8Array(text.length);
    for (let at = 0; at < text.length; at += 1)
        bytes[at] = text.charCodeAt(at);
    return bytes;
}

;// CONCATENATED MODULE: ./build/judge/policy-view.js



function policySaid({ policyFile }) {
    if (policyFile.kind === "unsaid")
        return undefined;
    if (policyFile.value === null)
        return { kind: "absent" };
    const { path, octets } = policyFile.value;
    return viewOf(parsePolicy(bytesOf(octets)), { kind: "file", path, span: TOP });
}
function policyDeployed(evidence, hasRecord) {
    if (hasRecord === false)
        return { kind: "absent" };
    const fetched = evidence.policyFetch;
    if (fetched.kind === "unobserved")
        return { kind: "unknown", because: fetched.because };
    const served = fetched.value.find(servesPolicy);
    const place = {
        kind: "policy-host",
        url: "/.well-known/mta-sts.txt",
        ...(served && { address: served.address }),
    };
    if (served)
        return viewOf(parsePolicy(bytesOf(served.response.body)), place);
    const unseen = fetched.value.find((fetch) => fetch.kind === "unobserved");
    if (unseen)
        return { kind: "unknown", because: unseen.because };
    return hasRecord === undefined ? { kind: "unknown", because: "not-asked" } : { kind: "absent" };
}
function servesPolicy(fetch) {
    return fetch.kind === "response" && isWhole(fetch.response);
}
function isWhole({ status, truncated, contentEncoding }) {
    return status === 200 && !truncated && (contentEncoding === null || /^(identity)?$/i.test(contentEncoding));
}
function viewOf(parse, place) {
    if (parse.kind === "invalid")
        return { kind: "invalid", parse, place };
    return { kind: "valid", policy: parse.policy, fields: parse.fields, place };
}
function policyIn(view) {
    return view?.kind === "valid" ? view.policy : undefined;
}
function enforces(view) {
    return policyIn(view)?.mode === "enforce";
}

;// CONCATENATED MODULE: ./build/protocol/record-field.js



const STS = { version: "v=STSv1", consequence: "so senders see no MTA-STS record" };
const TLSRPT = { version: "v=TLSRPTv1", consequence: "so senders send no TLS reports" };
const record_field_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;
const VALUE = /^[\x21-\x3a\x3c\x3e-\x7e]+$/;
function isCandidate(text, { version }) {
    return text.startsWith(version) && /^[ \t;]?$/.test(text.charAt(version.length));
}
function readRecord(text, kind) {
    const fields = [];
    const defects = [];
    const faulty = (code, span, what) => defects.push(recordDefect(code, span, what, kind));
    if (!text.startsWith(kind.version)) {
        faulty("version", spanOf(1, 0, text.length), `${quoted(text)} does not begin with ${quoted(`${kind.version};`)}`);
        return { fields, defects };
    }
    const ends = [...text.matchAll(/;/g)].map(({ index }) => index);
    for (let start = 0, index = 0; index <= ends.length; index += 1) {
        const end = ends[index] ?? text.length;
        const from = blanksEnd(text, start);
        const to = Math.max(from, blanksStart(text, end));
        const [field, span] = [text.slice(from, to), spanOf(1, from, to)];
        const last = index === ends.length;
        if (index === 0 && field !== kind.version)
            faulty("version", span, `${quoted(field)} is not ${quoted(kind.version)}`);
        if (index > 0 && field !== "")
            readField(field, span, { fields, faulty });
        if (field === "" && !last)
            faulty("empty-field", spanOf(1, end, end + 1), "Nothing stands before a semicolon");
        if (last && field !== "" && to < end)
            faulty("trailing-space", spanOf(1, to, end), "White space ends the record");
        start = end + 1;
    }
    return { fields, defects };
}
function readField(text, span, { fields, faulty }) {
    const equals = text.indexOf("=");
    const name = text.slice(0, Math.max(0, equals));
    if (equals < 0)
        faulty("no-equals", span, `${quoted(text)} has no equals sign`);
    else if (!record_field_NAME.test(name))
        faulty("field-name", span, `${quoted(name)} is no name of a field`);
    else
        fields.push({ name, value: text.slice(equals + 1), span });
}
function extensionDefect({ name, value, span }, kind) {
    if (VALUE.test(value))
        return undefined;
    const what = value === "" ? "has no value" : `has a value with a space, an equals sign or no visible ASCII in it`;
    return recordDefect("field-value", span, `The field ${quoted(name)} ${what}`, kind);
}
function recordDefect(code, span, what, { consequence }) {
    return { code, span, message: `${what}, ${consequence}.` };
}

;// CONCATENATED MODULE: ./build/protocol/record-selection.js


function selectRecord(texts, kind, parse) {
    const candidates = [...texts.keys()].filter((index) => isCandidate(texts[index] ?? "", kind));
    if (candidates.length === 0)
        return { kind: "none" };
    const kept = candidates.filter((index) => texts[index]?.startsWith(`${kind.version};`));
    const left = texts.length > 1 && kept.length > 0 ? kept : candidates;
    const [index = 0, ...more] = left;
    if (more.length > 0)
        return { kind: "multiple", indexes: left };
    const text = texts[index] ?? "";
    if (texts.length === 1 || kept.length > 0)
        return { kind: "one", index, text, parse: parse(text) };
    const what = `Beside other TXT records, one that does not begin with \`${kind.version};\` is dropped`;
    const defect = recordDefect("discarded", spanOf(1, 0, kind.version.length + 1), what, kind);
    return { kind: "one", index, text, parse: { kind: "invalid", defects: [defect] } };
}

;// CONCATENATED MODULE: ./build/protocol/sts-record.js




const ID = /^[A-Za-z0-9]{1,32}$/;
function parseStsRecord(text) {
    const { fields: written, defects } = readRecord(text, STS);
    const first = written.find(({ name }) => name === "id");
    const fields = written.map((field) => {
        const use = field === first ? "applied" : field.name === "id" || field.name === "v" ? "duplicate" : "unknown";
        const defect = use === "applied" ? idDefect(field.value, field.span) : extensionDefect(field, STS);
        if (defect)
            defects.push(defect);
        return { ...field, use };
    });
    if (!first && defects[0]?.code !== "version")
        defects.push(missingId(text, fields));
    defects.sort((a, b) => a.span.startColumn - b.span.startColumn);
    return defects.length > 0 || !first
        ? { kind: "invalid", defects }
        : { kind: "valid", record: { id: first.value, fields } };
}
function selectStsRecord(texts) {
    return selectRecord(texts, STS, parseStsRecord);
}
function printStsRecord({ id }) {
    return `v=STSv1; id=${id};`;
}
function isRecordId(text) {
    return ID.test(text);
}
function idDefect(value, span) {
    if (ID.test(value))
        return undefined;
    const bare = value
        .slice(0, 100)
        .replace(/[^A-Za-z0-9]/g, "")
        .slice(0, 32);
    const guess = didYouMean(bare === "" ? undefined : `id=${bare}`);
    return recordDefect("id-value", span, `The id ${quoted(value)} is not 1 to 32 ASCII letters and digits${guess}`, STS);
}
function missingId(text, fields) {
    const slip = fields.find(({ name }) => name.toLowerCase() === "id");
    const guess = didYouMean(slip && `id=${slip.value}`);
    return recordDefect("id-missing", slip?.span ?? spanOf(1, 0, text.length), `The record has no id field${guess}`, STS);
}

;// CONCATENATED MODULE: ./build/judge/record-view.js

function recordSaid({ stsRecords }) {
    return stsRecords.kind === "unsaid" ? undefined : record_view_viewOf(stsRecords.value);
}
function record_view_viewOf(records) {
    const alias = records.find(({ type, data }) => type === "CNAME" && data !== null);
    const resolved = records.some(({ type, data }) => type === "TXT" && data !== null);
    if (alias && !resolved)
        return { kind: "alias", target: alias.data ?? "", place: alias.location };
    const open = records.find(({ data }) => data === null);
    if (open)
        return { kind: "undetermined", why: open.why ?? "the file does not say", place: open.location };
    const texts = records.filter(({ type }) => type === "TXT");
    return record_view_select(texts.map(({ data }) => data ?? ""), (index) => texts[index]?.location ?? { kind: "input", name: "records" });
}
function recordDeployed({ stsRecord }, owner) {
    if (stsRecord.kind === "unobserved")
        return { kind: "unknown", because: stsRecord.because };
    if (stsRecord.value.kind !== "records")
        return { kind: "absent" };
    return record_view_select(stsRecord.value.records, () => ({ kind: "dns", owner, type: "TXT" }));
}
function record_view_select(texts, place) {
    const selection = selectStsRecord(texts);
    switch (selection.kind) {
        case "none":
            return { kind: "absent" };
        case "multiple":
            return { kind: "multiple", places: selection.indexes.map(place) };
        case "one": {
            const at = place(selection.index);
            if (selection.parse.kind === "valid")
                return { kind: "valid", id: selection.parse.record.id, place: at };
            return { kind: "invalid", defects: selection.parse.defects, text: selection.text, place: at };
        }
    }
}
function idIn(view) {
    return view?.kind === "valid" ? view.id : undefined;
}
function announces(view) {
    if (view.kind === "unknown" || view.kind === "alias" || view.kind === "undetermined")
        return undefined;
    return view.kind === "valid";
}

;// CONCATENATED MODULE: ./build/judge/rule.js
function defineRule({ applies = () => true, check, ...info }) {
    const rule = info.id;
    return {
        ...info,
        judge: (inspection) => {
            if (!applies(inspection))
                return { kind: "not-applicable", rule };
            const { findings = [], missing = [], needed = false } = check(inspection);
            const [first, ...rest] = findings;
            const proven = findings.some(({ level }) => level === "error");
            if (missing.length > 0 && !proven && (needed || !first))
                return { kind: "unknown", rule, needed, missing, findings };
            return first ? { kind: "failed", rule, findings: [first, ...rest] } : { kind: "passed", rule };
        },
    };
}

;// CONCATENATED MODULE: ./build/judge/rules/deployed-drift.js







const deployedDrift = defineRule({
    id: "deployed-drift",
    title: "What is deployed is not what the base says",
    cites: [cite("RFC 8461", "8.1")],
    check: (inspection) => ({
        findings: [...policyDrift(inspection), ...recordDrift(inspection), ...mxDrift(inspection)],
    }),
});
function drift(message, location, subject) {
    return [{ level: "warning", message, location, facts: { subject }, alreadySo: true }];
}
function policyDrift({ policy, policyDomain }) {
    const [base, live] = [policyIn(policy.base), policyIn(policy.deployed)];
    if (!base || !live || samePolicy(base, live))
        return [];
    const place = fieldPlace(policy.proposed, "version");
    return drift(`The deployed policy of ${policyDomain} means something else than the one in base; senders go by the deployed one.`, place, "policy");
}
function recordDrift(inspection) {
    const { record, policyDomain } = inspection;
    const [base, live] = [idIn(record.base), idIn(record.deployed)];
    if (base === undefined || record.deployed.kind === "unknown" || base === live)
        return [];
    const now = live === undefined ? "no STS record is live" : `the live id is ${live}`;
    return drift(`Base says id ${base} for ${policyDomain} and ${now}; senders go by the live record.`, recordPlace(inspection), "record");
}
function mxDrift({ mx, policyDomain }) {
    if (mx.base === undefined || mx.base.kind === "unknown" || mx.deployed.kind === "unknown")
        return [];
    const [base, live] = [hostsIn(mx.base), hostsIn(mx.deployed)];
    const same = base.length === live.length && base.every((host) => live.includes(host)) && mx.base.kind === mx.deployed.kind;
    if (same)
        return [];
    const names = (hosts) => hosts.join(", ") || "none";
    const message = `Base says MX ${names(base)} for ${policyDomain} and live is ${names(live)}; senders go by what is live.`;
    return drift(message, { kind: "dns", owner: policyDomain, type: "MX" }, "mx");
}

;// CONCATENATED MODULE: ./build/judge/missing.js
const WHY = {
    "not-asked": "it was not asked for",
    "timed-out": "nothing came back in time",
    deadline: "the time for the whole run was up",
    "server-failure": "the resolver could not say",
    malformed: "the answer could not be read",
    unreachable: "the resolver or proxy could not be reached",
    "egress-blocked": "this machine does not get out to port 25",
    "no-ipv6": "it has IPv6 addresses only, and this machine has no IPv6",
    "not-global": "its address is not globally reachable, and no setting of this run lets it be contacted",
    "no-address": "it has no address",
    "turned-away": "it turned the session away before TLS could be asked for",
    "no-smtp-greeting": "what it said first is no SMTP",
    "no-smtp-ehlo": "what it said to EHLO is no SMTP",
    "unreachable-connect": "it gave no answer on port 25",
    "unreachable-greeting": "it broke off before its greeting",
    "unreachable-ehlo": "it broke off after EHLO",
    "unreachable-starttls": "it broke off after STARTTLS",
    "unreachable-handshake": "it broke off during the TLS handshake",
};
function whyUnseen(because) {
    return WHY[because] ?? because;
}
function missing(what, subject, message) {
    return { what, subject, message };
}

;// CONCATENATED MODULE: ./build/judge/fetch-fault.js


function announced({ record }) {
    return record.deployed.kind !== "absent" && record.deployed.kind !== "multiple" && record.deployed.kind !== "invalid";
}
function fetchAnswer(inspection, { resultType, fault }) {
    const { evidence, record, turnsOn } = inspection;
    const needed = turnsOn !== "no";
    if (record.deployed.kind === "unknown")
        return { needed, missing: [unseenRecord(inspection)] };
    const fetched = evidence.policyFetch;
    if (fetched.kind === "unobserved")
        return { needed, missing: [unseenPolicy(inspection, fetched.because)] };
    const findings = fetched.value.flatMap((fetch) => {
        const found = fault(fetch);
        return found ? [finding(inspection, fetch, { ...found, resultType })] : [];
    });
    const blind = fetched.value.flatMap((fetch) => fetch.kind === "unobserved" && fetch.because !== "no-ipv6" ? [fetch] : []);
    return { findings, needed, missing: blind.map(({ because }) => unseenPolicy(inspection, because)) };
}
function finding(inspection, fetch, fault) {
    const { policyDomain, turnsOn, policy } = inspection;
    const url = `https://mta-sts.${policyDomain}/.well-known/mta-sts.txt`;
    const location = { kind: "policy-host", url, ...(fetch.address && { address: fetch.address }) };
    const level = turnsOn === "yes" && enforces(policy.proposed) ? "error" : "warning";
    return {
        level,
        message: `${url} ${fault.says}${fetch.address && ` (${fetch.address})`}; senders cannot get the policy.`,
        location,
        resultType: fault.resultType,
        facts: { ...fault.facts, ...(fetch.address && { address: fetch.address }) },
        ...(level === "warning" && { alreadySo: true }),
    };
}
function unseenRecord({ record, policyDomain }) {
    const because = record.deployed.kind === "unknown" ? record.deployed.because : "";
    return missing("stsRecord", `_mta-sts.${policyDomain}`, `The live record was not seen: ${whyUnseen(because)}.`);
}
function unseenPolicy({ policyDomain }, because) {
    return missing("policyFetch", `mta-sts.${policyDomain}`, `The deployed policy was not seen: ${whyUnseen(because)}.`);
}

;// CONCATENATED MODULE: ./build/judge/served.js

function policyUrl({ policyDomain }) {
    return `https://mta-sts.${policyDomain}/.well-known/mta-sts.txt`;
}
function servedFindings(inspection, remark) {
    const { policyFetch } = inspection.evidence;
    const served = policyFetch.kind === "observed" ? policyFetch.value.filter(servesPolicy) : [];
    return served.flatMap(({ address, response }) => {
        const said = remark(response);
        if (!said)
            return [];
        const location = { kind: "policy-host", url: policyUrl(inspection), address };
        return [{ level: "warning", location, ...said, facts: { ...said.facts, address }, alreadySo: true }];
    });
}

;// CONCATENATED MODULE: ./build/judge/rules/fetch-addresses-differ.js






const fetchAddressesDiffer = defineRule({
    id: "fetch-addresses-differ",
    title: "Two addresses of the policy host serve different policies",
    cites: [cite("RFC 8461", "8.1")],
    applies: announced,
    check: (inspection) => {
        const { policyFetch } = inspection.evidence;
        const served = policyFetch.kind === "observed" ? policyFetch.value.filter(servesPolicy) : [];
        const [first] = served;
        const other = served.find(({ response }) => first && !sameOctets(response.body, first.response.body));
        if (!first || !other)
            return {};
        const url = policyUrl(inspection);
        const message = `${url} is not the same at ${first.address} and ${other.address}; a sender may store either under the live id.`;
        return {
            findings: [
                {
                    level: "warning",
                    message,
                    location: { kind: "policy-host", url, address: other.address },
                    related: [{ kind: "policy-host", url, address: first.address }],
                    facts: { address: first.address, other: other.address },
                    alreadySo: true,
                },
            ],
        };
    },
});

;// CONCATENATED MODULE: ./build/judge/expiry.js
const DAY = 86_400_000; // milliseconds
function isExpiring({ notBefore, notAfter }, { asOf, settings }) {
    const left = Date.parse(notAfter) - Date.parse(asOf);
    const lifetime = Date.parse(notAfter) - Date.parse(notBefore);
    return left < lifetime / 3 && left <= settings.certificateExpiryDays * DAY;
}

;// CONCATENATED MODULE: ./build/judge/rules/fetch-certificate-expiring.js





const fetchCertificateExpiring = defineRule({
    id: "fetch-certificate-expiring",
    title: "The policy host's certificate is about to expire",
    cites: [cite("RFC 8461", "3.3")],
    applies: announced,
    check: (inspection) => ({
        findings: servedFindings(inspection, ({ chain: [leaf] }) => {
            if (!leaf || !isExpiring(leaf, inspection))
                return undefined;
            const message = `The certificate of ${policyUrl(inspection)} expires at ${leaf.notAfter}; from then on senders get no policy.`;
            return { message, facts: { notAfter: leaf.notAfter } };
        }),
    }),
});

;// CONCATENATED MODULE: ./build/judge/rules/fetch-failed.js



const fetchFailed = defineRule({
    id: "fetch-failed",
    title: "Senders cannot fetch the deployed policy",
    cites: [cite("RFC 8461", "3.3"), cite("RFC 8460", "4.3.2.2")],
    applies: announced,
    check: (inspection) => fetchAnswer(inspection, { resultType: "sts-policy-fetch-error", fault }),
});
function fault(fetch) {
    if (fetch.kind === "failed")
        return { says: `cannot be fetched: ${fetch.reason}`, facts: { reason: fetch.reason } };
    if (fetch.kind !== "response")
        return undefined;
    const { status, contentEncoding } = fetch.response;
    if (status !== 200 && (status < 300 || status > 399))
        return { says: `answers with status ${status}`, facts: { status } };
    if (status === 200 && contentEncoding !== null && !/^(identity)?$/i.test(contentEncoding))
        return { says: `answers with the content coding ${contentEncoding}`, facts: { contentEncoding } };
    return undefined;
}

;// CONCATENATED MODULE: ./build/judge/rules/fetch-invalid.js






const fetchInvalid = defineRule({
    id: "fetch-invalid",
    title: "The deployed policy is not a policy",
    cites: [cite("RFC 8461", "3.2"), cite("RFC 8460", "4.3.2.2")],
    applies: announced,
    check: (inspection) => repairs(inspection) ? {} : fetchAnswer(inspection, { resultType: "sts-policy-invalid", fault: fetch_invalid_fault }),
});
function repairs({ policy }) {
    return policy.said && policyIn(policy.proposed) !== undefined;
}
function fetch_invalid_fault(fetch) {
    if (fetch.kind === "response" && fetch.response.truncated)
        return { says: "is longer than 64 KiB", facts: { code: "too-long" } };
    if (!servesPolicy(fetch))
        return undefined;
    const parse = parsePolicy(bytesOf(fetch.response.body));
    if (parse.kind === "valid")
        return undefined;
    const [first] = parse.defects;
    return {
        says: `is not a policy: ${first?.message ?? "it is empty"}`.replace(/[.]$/, ""),
        facts: { code: first?.code ?? "empty" },
    };
}

;// CONCATENATED MODULE: ./build/protocol/media-type.js
function isTextPlain(contentType) {
    return contentType !== null && /^[ \t]*text\/plain[ \t]*(?:;|$)/i.test(contentType);
}

;// CONCATENATED MODULE: ./build/judge/rules/fetch-media-type.js





const fetchMediaType = defineRule({
    id: "fetch-media-type",
    title: "The policy is not served as text/plain",
    cites: [cite("RFC 8461", "3.2")],
    applies: announced,
    check: (inspection) => ({
        findings: servedFindings(inspection, ({ contentType }) => {
            if (isTextPlain(contentType))
                return undefined;
            const type = contentType === null ? "without a media type" : `as ${contentType.slice(0, 100)}`;
            const message = `${policyUrl(inspection)} is served ${type} and not as text/plain; some senders then drop the policy.`;
            return { message, facts: { contentType: contentType?.slice(0, 100) ?? "" } };
        }),
    }),
});

;// CONCATENATED MODULE: ./build/judge/rules/fetch-redirected.js



const fetchRedirected = defineRule({
    id: "fetch-redirected",
    title: "The policy host redirects, and senders must not follow",
    cites: [cite("RFC 8461", "3.3")],
    applies: announced,
    check: (inspection) => fetchAnswer(inspection, { resultType: "sts-policy-fetch-error", fault: fetch_redirected_fault }),
});
function fetch_redirected_fault(fetch) {
    if (fetch.kind !== "response")
        return undefined;
    const { status, location } = fetch.response;
    if (status < 300 || status > 399)
        return undefined;
    const target = location === null ? "" : ` to ${location.slice(0, 200)}`;
    return {
        says: `redirects${target}`,
        facts: { status, ...(location !== null && { target: location.slice(0, 200) }) },
    };
}

;// CONCATENATED MODULE: ./build/judge/rules/fetch-slow.js




const STRICTEST = 4_000;
const fetchSlow = defineRule({
    id: "fetch-slow",
    title: "The policy host answers slower than some senders wait",
    cites: [cite("RFC 8461", "3.3")],
    applies: announced,
    check: (inspection) => ({
        findings: servedFindings(inspection, ({ elapsed }) => {
            if (elapsed <= STRICTEST)
                return undefined;
            const message = `${policyUrl(inspection)} took ${elapsed} ms; senders that wait ${STRICTEST} ms get no policy.`;
            return { message, facts: { milliseconds: elapsed } };
        }),
    }),
});

;// CONCATENATED MODULE: ./build/judge/rules/fetch-untrusted.js



const fetchUntrusted = defineRule({
    id: "fetch-untrusted",
    title: "The policy host's certificate is not one that senders accept",
    cites: [cite("RFC 8461", "3.3"), cite("RFC 8460", "4.3.2.2")],
    applies: announced,
    check: (inspection) => fetchAnswer(inspection, { resultType: "sts-webpki-invalid", fault: fetch_untrusted_fault }),
});
function fetch_untrusted_fault(fetch) {
    if (fetch.kind !== "untrusted")
        return undefined;
    const { trust, names } = fetch;
    const error = trust.kind === "untrusted" ? trust.x509Error : names ? "" : "HOST_MISMATCH";
    const why = trust.kind === "trusted"
        ? "has no DNS-ID for that name"
        : `does not verify (${trust.x509Error}${trust.missingIssuer ? `, the server does not send its issuer ${trust.missingIssuer}` : ""})`;
    return { says: `is served with a certificate that ${why}`, facts: { x509Error: error } };
}

;// CONCATENATED MODULE: ./build/judge/rules/mx-alias.js




const mxAlias = defineRule({
    id: "mx-alias",
    title: "An MX host is an alias",
    cites: [cite("RFC 5321", "5.1")],
    applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
    check: (inspection) => ({
        findings: inspection.hosts.flatMap(({ host, added, proposed }) => {
            const target = inspection.evidence.mxHosts.find((seen) => seen.host === host)?.cnames.at(-1);
            if (!proposed || target === undefined)
                return [];
            const message = `MX host ${host} is an alias of ${target}; senders compare the certificate with ${host}, and some refuse an alias.`;
            const known = added ? {} : { alreadySo: true };
            return [
                { level: "warning", message, location: hostPlace(inspection, host, added), facts: { host, target }, ...known },
            ];
        }),
    }),
});

;// CONCATENATED MODULE: ./build/judge/rules/mx-certificate-expiring.js





const mxCertificateExpiring = defineRule({
    id: "mx-certificate-expiring",
    title: "The certificate of an MX host is about to expire",
    cites: [cite("RFC 8461", "4.2")],
    applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
    check: (inspection) => ({
        findings: inspection.hosts.flatMap(({ host, added, proposed, after }) => {
            const leaf = after.verdict === "accepted" && proposed ? soonest(inspection, host) : undefined;
            if (!leaf || !isExpiring(leaf, inspection))
                return [];
            return [
                {
                    level: "warning",
                    message: `The certificate of MX host ${host} expires at ${leaf.notAfter}; from then on senders that enforce refuse it.`,
                    location: hostPlace(inspection, host, added),
                    facts: { host, notAfter: leaf.notAfter },
                },
            ];
        }),
    }),
});
function soonest({ evidence }, host) {
    const probes = evidence.mxHosts.find((seen) => seen.host === host)?.probes;
    const sessions = probes?.kind === "observed" ? probes.value.map(({ session }) => session) : [];
    const leaves = sessions.flatMap((session) => (session.kind === "tls" ? session.chain.slice(0, 1) : []));
    return leaves.sort((a, b) => Date.parse(a.notAfter) - Date.parse(b.notAfter))[0];
}

;// CONCATENATED MODULE: ./build/judge/rules/mx-implicit.js




const mxImplicit = defineRule({
    id: "mx-implicit",
    title: "There is no MX record, so the domain itself takes the mail",
    cites: [cite("RFC 5321", "5.1")],
    applies: ({ policy, mx }) => policyIn(policy.proposed) !== undefined && mx.proposed.kind !== "unknown",
    check: ({ mx, policyDomain }) => {
        if (mx.proposed.kind !== "implicit")
            return {};
        const was = mx.base ?? mx.deployed;
        if (mx.said && was.kind === "unknown")
            return {
                needed: true,
                missing: [
                    missing("mx", policyDomain, `Whether this removes the last MX was not seen: ${whyUnseen(was.because)}.`),
                ],
            };
        const removed = mx.said && was.kind === "hosts";
        const consequence = removed
            ? "the change removes the last one without a null MX, and senders then try the domain's own address"
            : "senders use the domain's own address";
        return {
            findings: [
                {
                    level: removed ? "error" : "notice",
                    message: `${policyDomain} has no MX record; ${consequence}.`,
                    location: { kind: "dns", owner: policyDomain, type: "MX" },
                    facts: { host: policyDomain },
                },
            ],
        };
    },
});

;// CONCATENATED MODULE: ./build/protocol/dns-id.js

function matchesDnsId(presented, host) {
    const pattern = parseMxPattern(presented);
    return pattern !== undefined && matchesMx(pattern, host);
}

;// CONCATENATED MODULE: ./build/protocol/result-type.js
const RESULT_TYPES = (/* unused pure expression or super */ null && ([
    "starttls-not-supported",
    "certificate-host-mismatch",
    "certificate-expired",
    "certificate-not-trusted",
    "validation-failure",
    "tlsa-invalid",
    "dnssec-invalid",
    "dane-required",
    "sts-policy-fetch-error",
    "sts-policy-invalid",
    "sts-webpki-invalid",
]));
const BY_X509_ERROR = {
    CERT_HAS_EXPIRED: "certificate-expired",
    HOSTNAME_MISMATCH: "certificate-host-mismatch",
    ERR_TLS_CERT_ALTNAME_INVALID: "certificate-host-mismatch",
    CERT_NOT_YET_VALID: "certificate-not-trusted", // §4.3.1 has a type for expired alone
    UNABLE_TO_GET_ISSUER_CERT: "certificate-not-trusted",
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate-not-trusted",
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate-not-trusted",
    DEPTH_ZERO_SELF_SIGNED_CERT: "certificate-not-trusted",
    SELF_SIGNED_CERT_IN_CHAIN: "certificate-not-trusted",
    CERT_SIGNATURE_FAILURE: "certificate-not-trusted",
    CERT_CHAIN_TOO_LONG: "certificate-not-trusted",
    CERT_REVOKED: "certificate-not-trusted",
    CERT_UNTRUSTED: "certificate-not-trusted",
    CERT_REJECTED: "certificate-not-trusted",
    INVALID_CA: "certificate-not-trusted",
    INVALID_PURPOSE: "certificate-not-trusted",
    PATH_LENGTH_EXCEEDED: "certificate-not-trusted",
    OUT_OF_MEM: "validation-failure", // our side failed, not the certificate
};
function x509Failure(x509Error) {
    const known = Object.hasOwn(BY_X509_ERROR, x509Error) ? BY_X509_ERROR[x509Error] : undefined;
    return { resultType: known ?? "certificate-not-trusted", reasonCode: x509Error };
}
const SMTP_FAILURE = {
    "no-starttls": { resultType: "starttls-not-supported", reasonCode: "starttls-not-offered" },
    "starttls-refused": { resultType: "starttls-not-supported", reasonCode: "starttls-refused" },
    "starttls-closed": { resultType: "starttls-not-supported", reasonCode: "starttls-closed" },
    "plaintext-after-starttls": { resultType: "validation-failure", reasonCode: "plaintext-after-starttls" },
    "handshake-failed": { resultType: "validation-failure", reasonCode: "tls-handshake-failed" },
    "tls-too-old": { resultType: "validation-failure", reasonCode: "tls-protocol-too-old" },
    "name-mismatch": { resultType: "certificate-host-mismatch", reasonCode: "no-matching-dns-id" },
    "mx-not-listed": { resultType: "validation-failure", reasonCode: "mtasts-policy-mx-mismatch" },
};
const FETCH_FAILURE = {
    "no-address": { resultType: "sts-policy-fetch-error", reasonCode: "policy-host-no-address" },
    connection: { resultType: "sts-policy-fetch-error", reasonCode: "policy-connection-failed" },
    "untrusted-certificate": { resultType: "sts-webpki-invalid", reasonCode: "policy-certificate-not-trusted" },
    "name-mismatch": { resultType: "sts-webpki-invalid", reasonCode: "policy-certificate-host-mismatch" },
    status: { resultType: "sts-policy-fetch-error", reasonCode: "policy-status-not-200" },
    redirect: { resultType: "sts-policy-fetch-error", reasonCode: "policy-redirected" },
    "media-type": { resultType: "sts-policy-fetch-error", reasonCode: "policy-media-type" },
    "too-large": { resultType: "sts-policy-invalid", reasonCode: "policy-too-large" },
    "too-slow": { resultType: "sts-policy-fetch-error", reasonCode: "policy-timed-out" },
    "not-a-policy": { resultType: "sts-policy-invalid", reasonCode: "policy-syntax" },
};

;// CONCATENATED MODULE: ./build/judge/sender.js



function validateMxHost(policy, host, { mxHosts }) {
    if (!covers(policy, host))
        return { verdict: "refused", host, ...SMTP_FAILURE["mx-not-listed"], addresses: [] };
    return validateProbes(mxHosts.find((seen) => seen.host === host), host);
}
function validateProbes(seen, host) {
    const unknown = (because, addresses = []) => ({
        verdict: "unknown",
        host,
        because,
        addresses,
    });
    if (!seen)
        return unknown("not-asked");
    if (seen.addresses.kind === "unobserved")
        return unknown(seen.addresses.because);
    if (seen.addresses.value.length === 0)
        return unknown("no-address");
    if (seen.probes.kind === "unobserved")
        return unknown(seen.probes.because, seen.addresses.value);
    const answers = seen.probes.value.map((probe) => ({ probe, answer: validateSession(host, probe.session) }));
    const bad = answers.flatMap(({ probe, answer }) => answer.kind === "refused" ? [{ ...answer, address: probe.address }] : []);
    const [worst] = bad;
    if (worst) {
        const { resultType, reasonCode } = worst;
        return { verdict: "refused", host, resultType, reasonCode, addresses: bad.map(({ address }) => address) };
    }
    const open = answers.find(({ answer, probe }) => answer.kind === "unknown" && !isMissingIpv6(probe));
    const good = answers.filter(({ answer }) => answer.kind === "accepted").map(({ probe }) => probe.address);
    if (open?.answer.kind === "unknown")
        return unknown(open.answer.because, [open.probe.address]);
    return good.length > 0 ? { verdict: "accepted", host, addresses: good } : unknown("no-ipv6", seen.addresses.value);
}
function isMissingIpv6({ session }) {
    return session.kind === "unobserved" && session.because === "no-ipv6";
}
function validateSession(host, session) {
    switch (session.kind) {
        case "no-starttls":
            return { kind: "refused", ...SMTP_FAILURE["no-starttls"] };
        case "starttls-refused":
            return { kind: "refused", ...SMTP_FAILURE[session.reply === null ? "starttls-closed" : "starttls-refused"] };
        case "protocol-violation":
            if (session.step !== "starttls")
                return { kind: "unknown", because: `no-smtp-${session.step}` };
            return { kind: "refused", ...SMTP_FAILURE["plaintext-after-starttls"] };
        case "handshake-failed":
            return { kind: "refused", ...SMTP_FAILURE["handshake-failed"] };
        case "turned-away":
            return { kind: "unknown", because: "turned-away" }; // says nothing about TLS (RFC 5321 §3.1)
        case "unreachable":
            return { kind: "unknown", because: `unreachable-${session.step}` }; // no connection is no MTA-STS failure (RFC 8461 App. B)
        case "unobserved":
            return { kind: "unknown", because: session.because };
        case "tls":
            return validateCertificate(host, session);
    }
}
const OLD_TLS = new Set(["SSLv3", "TLSv1", "TLSv1.1"]); // RFC 8461 §7.2 asks for TLS 1.2
function validateCertificate(host, session) {
    const { chain, trust, protocol } = session;
    if (trust.kind === "untrusted")
        return { kind: "refused", ...x509Failure(trust.x509Error) };
    const named = chain[0]?.dnsIds.some((id) => matchesDnsId(id, host)) ?? false;
    if (!named)
        return { kind: "refused", ...SMTP_FAILURE["name-mismatch"] };
    if (OLD_TLS.has(protocol))
        return { kind: "refused", ...SMTP_FAILURE["tls-too-old"] };
    return { kind: "accepted" };
}
function deliveryOutcome(policy, hosts) {
    if (policy?.mode !== "enforce")
        return "delivers";
    const some = (verdict) => hosts.some((host) => host.verdict === verdict);
    if (some("accepted") && some("refused"))
        return "partial";
    if (some("unknown") || hosts.length === 0)
        return "unknown";
    return some("refused") ? "rejects" : "delivers";
}

;// CONCATENATED MODULE: ./build/judge/host-change.js


function hostChanges({ policy, before, mx, evidence }) {
    if (!policy)
        return [];
    const [proposed, live] = [hostsIn(mx.proposed), hostsIn(mx.deployed)];
    const known = knownHosts(mx);
    return [...new Set([...proposed, ...live])].map((host) => ({
        host,
        proposed: proposed.includes(host),
        live: live.includes(host),
        added: addedHosts(mx).includes(host),
        after: validateMxHost(policy, host, evidence),
        refusedBefore: before?.mode === "enforce" &&
            known.includes(host) &&
            validateMxHost(before, host, evidence).verdict === "refused",
    }));
}
function isNewlyRefused({ after, refusedBefore }) {
    return after.verdict === "refused" && !refusedBefore;
}
function addedHosts(mx) {
    return mx.said ? hostsIn(mx.proposed).filter((host) => !knownHosts(mx).includes(host)) : [];
}
function knownHosts(mx) {
    return [...hostsIn(mx.deployed), ...hostsIn(mx.base)];
}

;// CONCATENATED MODULE: ./build/judge/rules/mx-none-accepted.js





const mxNoneAccepted = defineRule({
    id: "mx-none-accepted",
    title: "The change removes the last MX host that senders accept",
    cites: [cite("RFC 8461", "5"), cite("RFC 8461", "8.4")],
    applies: ({ policy, mx }) => enforces(policy.proposed) && mx.said,
    check: ({ hosts, policy, policyDomain }) => {
        const after = hosts.filter(({ proposed }) => proposed);
        if (hosts.some(isNewlyRefused) || after.length === 0)
            return {};
        if (deliveryOutcome(policyIn(policy.proposed), after.map(({ after }) => after)) !== "rejects")
            return {};
        const good = hosts.find(({ proposed, live, after }) => !proposed && live && after.verdict === "accepted");
        if (!good)
            return {};
        return {
            findings: [
                {
                    level: "error",
                    message: `${good.host} is the only MX host that senders accept; without it they deliver nothing to ${policyDomain}.`,
                    location: { kind: "dns", owner: policyDomain, type: "MX" },
                    facts: { host: good.host },
                },
            ],
        };
    },
});

;// CONCATENATED MODULE: ./build/judge/deliveries.js



function deliveriesOf(policy, mx, evidence) {
    const held = [["proposed", policy.proposed], ["deployed", policy.deployed]];
    const visible = [["proposed", mx.proposed], ["deployed", mx.deployed]];
    return held.flatMap(([name, view]) => visible.flatMap(([set, hosts]) => (hosts.kind === "null-mx" ? [] : delivery(name, view, { set, hosts, evidence }))));
}
function delivery(name, view, { set, hosts, evidence }) {
    if (view.kind === "unknown")
        return [{ policy: name, mx: set, outcome: "unknown", hosts: [] }];
    const policy = policyIn(view);
    if (!policy)
        return name === "deployed" ? [] : [{ policy: name, mx: set, outcome: "delivers", hosts: [] }];
    const verdicts = hostsIn(hosts).map((host) => validateMxHost(policy, host, evidence));
    return [{ policy: name, mx: set, outcome: deliveryOutcome(policy, verdicts), hosts: verdicts }];
}

;// CONCATENATED MODULE: ./build/judge/inspection.js







function inspect({ proposal, evidence, asOf, settings }) {
    const { policyDomain } = proposal;
    const record = sides(proposal, recordSaid, recordDeployed(evidence, `_mta-sts.${policyDomain}`));
    const policy = sides(proposal, policySaid, policyDeployed(evidence, announces(record.deployed)));
    const mx = sides(proposal, (side) => mxSaid(side, policyDomain), mxDeployed(evidence, policyDomain));
    const before = policy.deployed.kind === "unknown" ? policy.base : policy.deployed;
    const turnsOn = turning(policy);
    const hosts = hostChanges({ policy: policyIn(policy.proposed), before: policyIn(before), mx, evidence });
    const deliveries = deliveriesOf(policy, mx, evidence);
    return { policyDomain, proposal, evidence, asOf, settings, policy, record, mx, before, turnsOn, hosts, deliveries };
}
function sides({ proposed, base }, read, deployed) {
    const said = read(proposed);
    return { proposed: said ?? deployed, base: read(base), deployed, said: said !== undefined };
}
function turning({ proposed, base, deployed }) {
    if (!enforces(proposed) || enforces(deployed))
        return "no";
    if (deployed.kind !== "unknown")
        return "yes";
    if (base === undefined)
        return "unknown";
    return enforces(base) ? "no" : "yes";
}
function policyChanges({ policy }) {
    if (!policy.said)
        return false;
    const was = policy.base ?? policy.deployed;
    const [before, after] = [policyIn(was), policyIn(policy.proposed)];
    if (before && after)
        return !samePolicy(before, after);
    return was.kind !== policy.proposed.kind || after !== undefined;
}
function differsFromDeployed({ policy }) {
    if (policy.deployed.kind === "unknown")
        return undefined;
    const [live, after] = [policyIn(policy.deployed), policyIn(policy.proposed)];
    return live && after ? !samePolicy(live, after) : live !== after;
}
function narrows({ before, policy }) {
    const [was, after] = [policyIn(before), policyIn(policy.proposed)];
    if (!was || !after)
        return after !== undefined;
    const kept = new Set(after.mx.map(printMxPattern));
    return was.mx.some((pattern) => !kept.has(printMxPattern(pattern)));
}
function levelUnder({ policy }) {
    return enforces(policy.proposed) ? "error" : "warning";
}

;// CONCATENATED MODULE: ./build/judge/refusal.js





const UNCOVERED_REASON = SMTP_FAILURE["mx-not-listed"].reasonCode;
const OLD_TLS_REASON = SMTP_FAILURE["tls-too-old"].reasonCode;
function refusalFindings(inspection, such) {
    return inspection.hosts.flatMap((change) => refusal_finding(inspection, change, such));
}
function refusal_finding(inspection, change, such) {
    const { host, after, proposed, refusedBefore, added } = change;
    if (after.verdict !== "refused" || !such(after.reasonCode) || (!proposed && refusedBefore))
        return [];
    const enforced = enforces(inspection.policy.proposed);
    const alreadySo = enforced && !isNewlyRefused(change);
    const consequence = enforced
        ? "senders that hold this policy will not deliver to it"
        : "senders would refuse it if the policy said enforce";
    const { resultType, reasonCode, addresses } = after;
    return [
        {
            level: alreadySo ? "warning" : levelUnder(inspection),
            message: `MX host ${host} is refused, ${resultType} (${reasonCode}) at ${addresses.join(", ")}; ${consequence}.`,
            location: hostPlace(inspection, host, added),
            related: addresses.map((address) => ({ kind: "mx-host", host, address })),
            resultType,
            facts: { host, reasonCode, address: addresses[0] ?? "" },
            ...(alreadySo && { alreadySo: true }),
        },
    ];
}

;// CONCATENATED MODULE: ./build/judge/rules/mx-not-covered.js








const mxNotCovered = defineRule({
    id: "mx-not-covered",
    title: "An MX host matches no mx pattern of the policy",
    cites: [cite("RFC 8461", "4.1")],
    applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
    check: (inspection) => {
        const uncovered = inspection.hosts.filter(({ after }) => isUncovered(after));
        const findings = uncovered
            .filter(({ proposed, refusedBefore }) => proposed || !refusedBefore)
            .map((host) => mx_not_covered_finding(inspection, host));
        return { findings, ...unseen(inspection, findings) };
    },
});
function isUncovered(after) {
    return after.verdict === "refused" && after.reasonCode === UNCOVERED_REASON;
}
function mx_not_covered_finding(inspection, change) {
    const enforced = enforces(inspection.policy.proposed);
    const alreadySo = enforced ? !isNewlyRefused(change) : false;
    const state = change.proposed ? (change.live ? "live" : "proposed") : "live until its TTL has passed";
    const consequence = enforced
        ? "senders that hold this policy will not deliver to it"
        : "senders would refuse it if the policy said enforce";
    return {
        level: alreadySo ? "warning" : levelUnder(inspection),
        message: `MX host ${change.host} (${state}) matches no mx pattern; ${consequence}.`,
        location: hostPlace(inspection, change.host, change.added),
        resultType: "validation-failure",
        facts: { host: change.host },
        ...(alreadySo && { alreadySo: true }),
    };
}
function unseen({ mx, policy, turnsOn, policyDomain, before, proposal, ...rest }, findings) {
    const enforced = enforces(policy.proposed);
    if (mx.deployed.kind === "unknown") {
        const tightens = turnsOn !== "no" ||
            (proposal.touched.includes("policy") &&
                narrows({ mx, policy, turnsOn, policyDomain, before, proposal, ...rest }));
        const message = `The live MX records of ${policyDomain} were not seen: ${whyUnseen(mx.deployed.because)}.`;
        return {
            needed: enforced && (tightens || proposal.touched.includes("mx")),
            missing: [missing("mx", policyDomain, message)],
        };
    }
    if (policy.deployed.kind === "unknown" && findings.some(({ alreadySo }) => alreadySo)) {
        const message = `Whether senders refuse these hosts already was not seen: ${whyUnseen(policy.deployed.because)}.`;
        return { needed: enforced, missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
    }
    return {};
}

;// CONCATENATED MODULE: ./build/judge/rules/mx-null.js



const mxNull = defineRule({
    id: "mx-null",
    title: "The domain takes no mail and has a policy",
    cites: [cite("RFC 7505", "3")],
    applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
    check: ({ mx, policyDomain }) => {
        if (mx.proposed.kind !== "null-mx")
            return {};
        return {
            findings: [
                {
                    level: "notice",
                    message: `${policyDomain} has a null MX, so no mail comes and the policy has nothing to protect.`,
                    location: { kind: "dns", owner: policyDomain, type: "MX" },
                    facts: {},
                },
            ],
        };
    },
});

;// CONCATENATED MODULE: ./build/judge/rules/mx-refused.js





const mxRefused = defineRule({
    id: "mx-refused",
    title: "A sender that enforces the policy would refuse an MX host",
    cites: [cite("RFC 8461", "4.2"), cite("RFC 8461", "5"), cite("RFC 8460", "4.3.1")],
    applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
    check: (inspection) => {
        const { hosts, policy } = inspection;
        const findings = refusalFindings(inspection, (reason) => reason !== UNCOVERED_REASON && reason !== OLD_TLS_REASON);
        const unseen = hosts.filter(({ after }) => after.verdict === "unknown");
        const namesProven = hosts.every(({ after }) => after.verdict !== "refused" || after.reasonCode !== UNCOVERED_REASON);
        const excused = findings.some(({ alreadySo }) => alreadySo) && policy.deployed.kind === "unknown";
        return {
            findings,
            missing: unseen.map((change) => unprobed(change, namesProven)),
            needed: unseen.some((change) => needsProbe(inspection, change)) || (excused && enforces(policy.proposed)),
        };
    },
});
function needsProbe({ policy, turnsOn }, { added }) {
    return enforces(policy.proposed) && (turnsOn !== "no" || added);
}
function unprobed({ host, after }, namesProven) {
    const because = after.verdict === "unknown" ? after.because : "";
    const proven = namesProven ? "names proven, TLS not seen" : "TLS not seen";
    return missing("probe", host, `${host}: ${proven}; ${whyUnseen(because)}.`);
}

;// CONCATENATED MODULE: ./build/judge/rules/mx-tls-old.js




const mxTlsOld = defineRule({
    id: "mx-tls-old",
    title: "An MX host speaks nothing newer than TLS 1.1",
    cites: [cite("RFC 8461", "7.2")],
    applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
    check: (inspection) => ({ findings: refusalFindings(inspection, (reason) => reason === OLD_TLS_REASON) }),
});

;// CONCATENATED MODULE: ./build/judge/rules/mx-unreachable.js




const mxUnreachable = defineRule({
    id: "mx-unreachable",
    title: "An MX host gives no answer on port 25",
    cites: [cite("RFC 5321", "5.1")],
    applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
    check: (inspection) => ({
        findings: inspection.hosts.flatMap(({ host, added, after }) => {
            if (after.verdict !== "unknown" || !/^(unreachable|no-smtp)-/.test(after.because))
                return [];
            return [
                {
                    level: "warning",
                    message: `MX host ${host} gives no usable answer on port 25 (${after.addresses.join(", ")}), so it counts as unknown.`,
                    location: hostPlace(inspection, host, added),
                    related: after.addresses.map((address) => ({ kind: "mx-host", host, address })),
                    facts: { host, step: after.because.replace(/^(unreachable|no-smtp)-/, "") },
                },
            ];
        }),
    }),
});

;// CONCATENATED MODULE: ./build/judge/duration.js
const duration_UNITS = [
    [86_400, "day"],
    [3600, "hour"],
    [60, "minute"],
];
function inWords(seconds) {
    const [length, unit] = duration_UNITS.find(([each]) => seconds >= each && seconds % each === 0) ?? [1, "second"];
    const count = seconds / length;
    return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

;// CONCATENATED MODULE: ./build/judge/policy-oddities.js




const HOUR = 3600; // seconds
const WEEK = 604_800; // a max_age that every sender takes as it is
const HOST = parseMxPattern("mx.example.com");
function odditiesOf(policy, fields, text) {
    const lines = text.split(/\r?\n/);
    const plain = { mode: policy.mode, maxAge: WEEK, mx: HOST ? [HOST] : [] };
    return fields.flatMap((field) => {
        const { name, value, span } = field;
        const odd = (code, specimen) => ({ code, span, field: name, value, specimen });
        const line = lines[span.startLine - 1] ?? "";
        if (field.use === "duplicate")
            return [odd("duplicate", `${printPolicy(plainBeside(policy, name))}${line}\n`)];
        if (field.use === "unknown")
            return [odd(nearMiss(name) ? "near-miss" : "unknown-field", `${printPolicy(plain)}${line}\n`)];
        if (name === "mx")
            return mxOddity(odd, plain, value);
        if (name === "max_age")
            return [odd(maxAgeCode(policy), printPolicy({ ...plain, maxAge: policy.maxAge }))];
        if (name === "mode" && policy.mode === "none" && policy.mx.length === 0)
            return [odd("none-without-mx", printPolicy({ ...plain, mx: [] }))];
        return [];
    });
}
function plainBeside({ mode, maxAge }, name) {
    const kept = name === "max_age" && maxAge >= HOUR ? maxAge : WEEK;
    return { mode, maxAge: kept, mx: HOST ? [HOST] : [] };
}
function mxOddity(odd, plain, value) {
    const pattern = parseMxPattern(value);
    if (!pattern)
        return [];
    return [odd(canMatch(pattern.host) ? "mx" : "mx-address", printPolicy({ ...plain, mx: [pattern] }))];
}
function canMatch(host) {
    return !resemblesAddress(host);
}
function maxAgeCode({ maxAge }) {
    if (maxAge === 0)
        return "max-age-zero";
    return maxAge < HOUR ? "max-age-under-an-hour" : "max-age";
}

;// CONCATENATED MODULE: ./build/judge/white.js
const UNICODE = "\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";
const white_KINDS = {
    wsp: /^[ \t]$/,
    ascii: /^[ \t\n\f\r]$/,
    unicode: new RegExp(`^[${UNICODE}]$`),
    python: new RegExp(`^[${UNICODE}\x1c-\x1f]$`),
    javascript: /^\s$/,
};
function trimEnd(text, white) {
    let end = text.length;
    while (end > 0 && isWhite(text, end - 1, white))
        end -= 1;
    return text.slice(0, end);
}
function trimStart(text, white) {
    let start = 0;
    while (start < text.length && isWhite(text, start, white))
        start += 1;
    return text.slice(start);
}
function trim(text, white) {
    return trimStart(trimEnd(text, white), white);
}
function squeeze(text, white) {
    return Array.from(text, (unit) => (white_KINDS[white].test(unit) ? "" : unit)).join("");
}
function isWhite(text, at, white) {
    const unit = text.charCodeAt(at);
    return (unit <= 0x20 || unit >= 0x7f) && white_KINDS[white].test(text.charAt(at));
}

;// CONCATENATED MODULE: ./build/judge/max-age-dialect.js

const FAULTY = { kind: "faulty" };
function readMaxAgeAs({ syntax, least, most, aboveMost }, text) {
    const seconds = READERS[syntax](text);
    if (seconds === undefined || Number.isNaN(seconds) || seconds < least)
        return FAULTY;
    if (most === null || seconds <= most)
        return { kind: "seconds", seconds };
    return aboveMost === "capped" ? { kind: "seconds", seconds: most } : FAULTY;
}
const READERS = {
    "ten-digits": (text) => (/^[0-9]{1,10}$/.test(text) ? Number(text) : undefined),
    go: (text) => wholeNumber(text, /^[+-]?[0-9]+$/, 2n ** 63n - 1n),
    rust: (text) => wholeNumber(text, /^\+?[0-9]+$/, 2n ** 64n - 1n),
    python: (text) => {
        const number = trim(text, "python");
        return /^[+-]?[0-9]+(?:_[0-9]+)*$/.test(number) ? Number(number.replaceAll("_", "")) : undefined;
    },
    javascript: Number,
};
const MOST_DIGITS = 40; // more than any type here holds; leading zeros included
function wholeNumber(text, form, most) {
    if (text.length > MOST_DIGITS || !form.test(text))
        return undefined;
    const digits = BigInt(text.replace(/^[+-]/, ""));
    return digits > most ? undefined : Number(text);
}

;// CONCATENATED MODULE: ./build/protocol/address-text.js
const IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/;
const MAPPED = /^::ffff:[0-9.]+$/; // RFC 5952 §5 writes these with dots
function addressForm(text) {
    if (IPV4.test(text))
        return "canonical";
    const url = `http://[${text}]`;
    if (!/^[0-9A-Fa-f:.]{2,45}$/.test(text) || !URL.canParse(url))
        return "none";
    return `[${text}]` === new URL(url).hostname || MAPPED.test(text) ? "canonical" : "not-canonical";
}

;// CONCATENATED MODULE: ./build/judge/mx-dialect.js

function isMxIn(values, value) {
    if (values === "any" || values === "not-empty")
        return true;
    const name = value.startsWith("*.") ? value.slice(2) : value;
    if (addressForm(name) !== "none")
        return false;
    return values === "domain" ? name.split(".").every(isIdnaLabel) : isDnsName(name);
}
function isIdnaLabel(label) {
    if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label))
        return false;
    return !/^(?!xn--)..--./i.test(label);
}
function isDnsName(name) {
    const bare = name.endsWith(".") ? name.slice(0, -1) : name;
    const labels = bare.split(".");
    return name.length <= 253 && labels.every((label) => /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/.test(label));
}

;// CONCATENATED MODULE: ./build/judge/policy-lines.js

function linesOf(dialect, text) {
    if (dialect.lines === "up-to-colon")
        return linesUpToColon(dialect, text);
    const fields = [];
    for (const line of split(dialect.lines, text)) {
        const colon = line.indexOf(":");
        if (colon < 0 && (dialect.noColon === "skipped" || (line === "" && dialect.emptyLine === "skipped")))
            continue;
        if (colon < 0 && dialect.noColon === "fatal")
            return undefined;
        if (dialect.secondColon === "fatal" && line.includes(":", colon + 1))
            return undefined;
        const name = colon < 0 ? trimEnd(line, dialect.white) : line.slice(0, colon);
        fields.push({
            name: nameIn(dialect, name),
            value: colon < 0 ? "" : trim(line.slice(colon + 1), dialect.white),
        });
    }
    return fields;
}
function nameIn({ names, white }, name) {
    if (names === "as-written")
        return name;
    return names === "trimmed" ? trim(name, white) : trim(name.toLowerCase(), white);
}
function split(lines, text) {
    const ends = lines === "unicode" ? /\r\n|[\n\r\v\f\x1c-\x1e\u0085\u2028\u2029]/ : /\r?\n/;
    const parts = text.split(ends);
    const last = parts.pop() ?? "";
    const end = lines === "lf-final-cr" && last.endsWith("\r") ? last.slice(0, -1) : last;
    return last === "" ? parts : [...parts, end];
}
function linesUpToColon(dialect, text) {
    const fields = [];
    for (let at = 0; at < text.length;) {
        const colon = text.indexOf(":", at);
        if (colon < 0)
            break;
        const feed = text.indexOf("\n", colon);
        const end = feed < 0 ? text.length : feed;
        fields.push({
            name: nameIn(dialect, text.slice(at, colon)),
            value: trim(text.slice(colon + 1, end), dialect.white),
        });
        at = end + 1;
    }
    return fields;
}

;// CONCATENATED MODULE: ./build/judge/policy-reading.js




const DROPPED = { kind: "dropped" };
function readPolicyText(dialect, text) {
    const lines = linesOf(dialect, text);
    if (lines === undefined)
        return DROPPED;
    const draft = { mx: [], seen: new Map() };
    return lines.every((line) => takeLine(dialect, draft, line)) ? finished(dialect, draft) : DROPPED;
}
function takeLine(dialect, draft, { name, value }) {
    if (!FIELD_NAMES.some((known) => known === name))
        return isExtensionIn(dialect, draft, { name, value });
    if (name === "mx")
        return takeMx(dialect, draft, value);
    const before = policy_reading_countOf(draft, name);
    if (before > 0 && dialect.duplicates === "fatal")
        return false;
    const kept = before === 0 || dialect.duplicates === "last";
    if (!kept && dialect.validates === "kept")
        return true;
    const scratch = kept ? draft : { mx: [], seen: new Map() };
    if (name === "max_age")
        return takeMaxAge(dialect, scratch, value);
    if (name === "version")
        scratch.version = value;
    else
        scratch.mode = dialect.mode.case === "any" ? value.toLowerCase() : value;
    if (dialect.validates === "kept")
        return true;
    return name === "version" ? policy_reading_isVersion(dialect, scratch.version) : policy_reading_isMode(scratch.mode);
}
function policy_reading_countOf({ seen }, name) {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count;
}
function takeMx({ mx }, draft, value) {
    if (mx.values === "not-empty" && (value === "" || value === "*."))
        return true;
    if (!isMxIn(mx.values, value))
        return false;
    const lower = value.toLowerCase();
    if (mx.repeated === "kept" || !draft.mx.includes(lower))
        draft.mx.push(lower);
    return true;
}
function takeMaxAge(dialect, draft, value) {
    const reading = readMaxAgeAs(dialect.maxAge, value);
    if (reading.kind === "seconds")
        draft.maxAge = reading.seconds;
    else if (dialect.maxAge.faulty === "fatal" && dialect.validates === "every")
        return false;
    else if (dialect.maxAge.faulty === "fatal")
        draft.maxAge = Number.NaN;
    return true;
}
function isExtensionIn(dialect, draft, { name, value }) {
    const { unknownNames, unknownValues, duplicates, validates } = dialect;
    if (unknownNames === "extension" && !FIELD_NAME.test(name))
        return false;
    if (unknownNames === "or-punctuated" && !/^[A-Za-z0-9.-][A-Za-z0-9_.-]{0,31}$/.test(name))
        return false;
    const counts = policy_reading_countOf(draft, name) === 0 || duplicates === "last" || validates === "every";
    if (unknownValues === "any" || !counts)
        return true;
    return value !== "" && !(unknownValues === "no-c1" ? /[\x00-\x1f\x7f-\x9f]/ : /[\x00-\x1f\x7f]/).test(value);
}
function finished(dialect, draft) {
    const { version = policy_reading_missing(dialect.version.missing), mode = policy_reading_missing(dialect.mode.missing), mx } = draft;
    const { maxAge = dialect.maxAge.missing } = draft;
    if (!policy_reading_isVersion(dialect, version) || !policy_reading_isMode(mode))
        return DROPPED;
    if (maxAge === "fatal" || Number.isNaN(maxAge))
        return DROPPED;
    const needsMx = dialect.mx.requiredFor === "every-mode" || mode !== "none";
    return needsMx && mx.length === 0 ? DROPPED : { kind: "policy", mode, maxAge, mx };
}
function policy_reading_missing(otherwise) {
    return otherwise === "fatal" ? undefined : otherwise;
}
function policy_reading_isVersion({ version }, text) {
    return version.case === "any" ? text?.toLowerCase() === "stsv1" : text === "STSv1";
}
function policy_reading_isMode(text) {
    return text === "enforce" || text === "testing" || text === "none";
}

;// CONCATENATED MODULE: ./build/judge/record-fields.js

function recordFieldsOf(dialect, text) {
    const parts = dialect.text === "plain" ? text.split(";") : headerParts(text);
    const fields = [];
    let spoiled = false;
    for (const [index, raw] of parts.entries()) {
        const last = index === parts.length - 1;
        const part = last && dialect.end === "in-value" ? trimStart(raw, dialect.white) : trim(raw, dialect.white);
        if (isNothing(dialect, raw, part)) {
            if (dialect.empty === "last-only" && !last)
                return undefined;
            continue;
        }
        const field = fieldIn(dialect, dialect.empty === "exactly" ? raw : part);
        if (field === undefined)
            return undefined;
        if (part.includes("=") || dialect.noEquals === "name-alone")
            fields.push(spoiled ? { ...field, name: "" } : field);
        spoiled = dialect.noEquals === "spoils-next" && !part.includes("=");
    }
    return fields;
}
function isNothing({ empty }, raw, part) {
    return empty === "exactly" ? raw === "" : part === "";
}
function fieldIn(dialect, part) {
    const equals = part.indexOf("=");
    if (equals < 0 && dialect.noEquals === "fatal")
        return undefined;
    const name = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? "" : part.slice(equals + 1);
    if (dialect.secondEquals === "fatal" && value.includes("="))
        return undefined;
    if (dialect.inside === "fatal" && /[ \t]/.test(name + value))
        return undefined;
    const bare = { kept: (text) => text, fatal: (text) => text, trimmed, squeezed }[dialect.inside];
    const written = bare(name, dialect);
    return { name: dialect.names === "any-case" ? written.toLowerCase() : written, value: bare(value, dialect) };
}
function trimmed(text, { white }) {
    return trim(text, white);
}
function squeezed(text, { white }) {
    return squeeze(text, white);
}
function headerParts(text) {
    const line = text.slice(text.indexOf(":") + 1);
    const parts = [""];
    let until = "";
    for (const unit of line) {
        if (until === "" && unit === "(")
            until = ")";
        else if (until === ")")
            until = unit === ")" ? "" : until;
        else if (until === "" && unit === ";")
            parts.push("");
        else {
            if (until !== "")
                until = unit === until ? "" : until;
            else if (unit === '"' || unit === "'")
                until = unit;
            parts.push(`${parts.pop() ?? ""}${unit}`);
        }
    }
    return parts;
}

;// CONCATENATED MODULE: ./build/judge/record-reading.js



const record_reading_NONE = { kind: "none" };
function readRecordTexts({ begins, several, fields }, texts) {
    const candidates = texts.filter((text) => beginsAs(begins, text));
    const [first, ...more] = candidates;
    if (first === undefined)
        return record_reading_NONE;
    switch (several) {
        case "enough":
            return { kind: "id", id: null };
        case "joined":
            return record_reading_readRecord(fields, candidates.join(""));
        case "no-policy":
            return more.length > 0 ? record_reading_NONE : record_reading_readRecord(fields, first);
        case "first-readable":
            return candidates.map((text) => record_reading_readRecord(fields, text)).find(({ kind }) => kind === "id") ?? record_reading_NONE;
    }
}
function beginsAs(begins, text) {
    switch (begins) {
        case "anything":
            return true;
        case "v=STSv1":
        case "v=STSv1;":
            return text.startsWith(begins);
        case "delimited":
            return /^v=STSv1[ \t]*;/.test(text);
        case "any-case":
            return /^v=STSv1\b/i.test(trim(text, "javascript"));
    }
}
function record_reading_readRecord(dialect, text) {
    const written = recordFieldsOf(dialect, text);
    if (written === undefined)
        return record_reading_NONE;
    const firstIsVersion = dialect.version.where === "first-field";
    const rest = firstIsVersion ? written.slice(1) : written;
    if (!hasVersion(dialect, written) || !rest.every((field) => isFieldIn(dialect, field)))
        return record_reading_NONE;
    const ids = rest.filter(({ name }) => name === "id").map(({ value }) => value);
    const id = idOf(dialect, ids);
    return id === undefined ? record_reading_NONE : { kind: "id", id };
}
function hasVersion({ version }, fields) {
    const good = ({ name, value }) => name === "v" && (version.case === "any" ? value.toLowerCase() === "stsv1" : value === "STSv1");
    const versions = fields.filter(({ name }) => name === "v");
    if (version.where === "first-field")
        return fields[0] !== undefined && good(fields[0]);
    if (version.where === "every")
        return versions.length > 0 && versions.every(good);
    const last = versions.at(-1);
    return last !== undefined && good(last);
}
function isFieldIn({ extensions }, { name, value }) {
    if (extensions === "any" || name === "id")
        return true;
    const named = extensions === "extension" ? FIELD_NAME : /^[A-Za-z0-9.-][A-Za-z0-9_.-]{0,31}$/;
    return named.test(name) && /^[\x21-\x3a\x3c\x3e-\x7e]+$/.test(value);
}
function idOf({ id, duplicateId }, ids) {
    const [first, ...more] = ids;
    if (duplicateId === "must-be-empty" && more.some((value) => value !== ""))
        return undefined;
    const chosen = duplicateId === "last" ? ids.at(-1) : first;
    if (chosen === undefined || (id === "not-empty" && chosen === ""))
        return undefined;
    return id === "alphanumeric-32" && !/^[A-Za-z0-9]{1,32}$/.test(chosen) ? undefined : chosen;
}

;// CONCATENATED MODULE: ./build/judge/dialect.js


const dialect_STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const dialect_LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });
function readPolicyAs({ policy, fetch }, bytes) {
    const tooLong = fetch.octets !== null && bytes.length > fetch.octets;
    if (tooLong && fetch.longer === "dropped")
        return { kind: "dropped" };
    const read = tooLong ? bytes.subarray(0, fetch.octets ?? 0) : bytes;
    const text = textOf(read, policy.notUtf8);
    return text === undefined ? { kind: "dropped" } : readPolicyText(policy, text);
}
function textOf(bytes, notUtf8) {
    try {
        return dialect_STRICT.decode(bytes);
    }
    catch {
        return notUtf8 === "fatal" ? undefined : dialect_LENIENT.decode(bytes);
    }
}
function readRecordsAs({ record }, records) {
    const joined = records.map((text) => (typeof text === "string" ? text : text.join("")));
    return readRecordTexts(record, joined);
}

;// CONCATENATED MODULE: ./build/judge/senders/chasquid.js
const chasquid = {
    id: "chasquid",
    name: "chasquid",
    sources: [
        { repository: "albertito/chasquid", path: "internal/sts/sts.go", at: "0ee7cb4cce8bce50844e8d3c32a1d218e548e98b" },
    ],
    policy: {
        notUtf8: "replaced",
        lines: "lf-final-cr",
        white: "unicode",
        emptyLine: "skipped",
        noColon: "skipped",
        secondColon: "in-value",
        names: "trimmed",
        unknownNames: "any",
        unknownValues: "any",
        duplicates: "last",
        validates: "kept",
        version: { case: "exact", missing: "fatal" },
        mode: { case: "exact", missing: "fatal" },
        maxAge: { syntax: "go", least: 1, most: 31_557_600, aboveMost: "fatal", faulty: "fatal", missing: "fatal" },
        mx: { values: "any", requiredFor: "every-mode", repeated: "kept" },
    },
    record: {
        begins: "v=STSv1;",
        several: "enough",
        fields: {
            white: "wsp",
            empty: "blank",
            end: "trimmed",
            inside: "kept",
            noEquals: "name-alone",
            secondEquals: "in-value",
            text: "plain",
            names: "exact",
            version: { where: "first-field", case: "exact" },
            extensions: "any",
            id: "any",
            duplicateId: "first",
        },
    },
    fetch: { mediaType: "required", undeclaredCharset: "utf-8", octets: 10_240, longer: "cut", seconds: 30 },
    cache: {
        class: "S4",
        checksId: "existence",
        extendsOnSameId: false,
        capSeconds: null,
        pollSeconds: 600,
        keepsOnFetchFailure: true,
        failure: "defers",
    },
};

;// CONCATENATED MODULE: ./build/judge/senders/kumomta.js
const kumomta = {
    id: "kumomta",
    name: "KumoMTA",
    sources: [
        {
            repository: "KumoCorp/kumomta",
            path: "crates/mta-sts/src/policy.rs",
            at: "7bd6f3a9121505c58ba632150751a5f8563b9093",
        },
        {
            repository: "KumoCorp/kumomta",
            path: "crates/mta-sts/src/dns.rs",
            at: "2298a1791c6c800b327359bb536a66fd730e837b",
        },
        {
            repository: "KumoCorp/kumomta",
            path: "crates/mta-sts/src/lib.rs",
            at: "546237d11c1840ec164fae6ad7ffa7873ee6baa3",
        },
    ],
    policy: {
        notUtf8: "replaced",
        lines: "lf",
        white: "unicode",
        emptyLine: "skipped",
        noColon: "fatal",
        secondColon: "in-value",
        names: "trimmed",
        unknownNames: "any",
        unknownValues: "any",
        duplicates: "fatal",
        validates: "every",
        version: { case: "exact", missing: "fatal" },
        mode: { case: "exact", missing: "fatal" },
        maxAge: { syntax: "rust", least: 0, most: null, aboveMost: "fatal", faulty: "fatal", missing: "fatal" },
        mx: { values: "any", requiredFor: "enforce-and-testing", repeated: "kept" },
    },
    record: {
        begins: "anything",
        several: "joined",
        fields: {
            white: "unicode",
            empty: "exactly",
            end: "trimmed",
            inside: "trimmed",
            noEquals: "fatal",
            secondEquals: "in-value",
            text: "plain",
            names: "exact",
            version: { where: "last", case: "exact" },
            extensions: "any",
            id: "any",
            duplicateId: "last",
        },
    },
    fetch: { mediaType: "required", undeclaredCharset: "utf-8", octets: null, longer: "dropped", seconds: 20 },
    cache: {
        class: "S1",
        checksId: "every-delivery",
        extendsOnSameId: false,
        capSeconds: null,
        keepsOnFetchFailure: false,
        failure: "bounces-on-mismatch",
    },
};

;// CONCATENATED MODULE: ./build/judge/senders/maddy.js
const maddy = {
    id: "maddy",
    name: "maddy",
    sources: [
        { repository: "foxcpp/go-mtasts", path: "mtasts.go", at: "6cf8b828be54785501cbaa5747c9b7178759282d" },
        { repository: "foxcpp/go-mtasts", path: "cache.go", at: "22f09fbee6f9bcd0b42719fc2757a7b649979ea0" },
    ],
    policy: {
        notUtf8: "replaced",
        lines: "lf-final-cr",
        white: "unicode",
        emptyLine: "as-any",
        noColon: "fatal",
        secondColon: "fatal",
        names: "as-written",
        unknownNames: "any",
        unknownValues: "any",
        duplicates: "last",
        validates: "every",
        version: { case: "exact", missing: "fatal" },
        mode: { case: "exact", missing: "fatal" },
        maxAge: {
            syntax: "go",
            least: Number.MIN_SAFE_INTEGER,
            most: null,
            aboveMost: "fatal",
            faulty: "fatal",
            missing: "fatal",
        },
        mx: { values: "any", requiredFor: "enforce-and-testing", repeated: "kept" },
    },
    record: {
        begins: "anything",
        several: "no-policy",
        fields: {
            white: "unicode",
            empty: "blank",
            end: "trimmed",
            inside: "fatal",
            noEquals: "fatal",
            secondEquals: "fatal",
            text: "plain",
            names: "exact",
            version: { where: "every", case: "exact" },
            extensions: "any",
            id: "not-empty",
            duplicateId: "last",
        },
    },
    fetch: { mediaType: "required", undeclaredCharset: "utf-8", octets: null, longer: "dropped", seconds: 60 },
    cache: {
        class: "S1",
        checksId: "every-delivery",
        extendsOnSameId: false,
        capSeconds: null,
        keepsOnFetchFailure: true,
        failure: "bounces-on-mismatch",
    },
};

;// CONCATENATED MODULE: ./build/judge/senders/mailauth.js
const mailauth = {
    id: "mailauth",
    name: "ZoneMTA (mailauth)",
    sources: [
        { repository: "postalsys/mailauth", path: "lib/mta-sts.js", at: "4.13.3" },
        { repository: "postalsys/mailauth", path: "lib/parse-dkim-headers.js", at: "4.13.3" },
    ],
    policy: {
        notUtf8: "replaced",
        lines: "lf",
        white: "javascript",
        emptyLine: "skipped",
        noColon: "skipped",
        secondColon: "in-value",
        names: "trimmed-any-case",
        unknownNames: "any",
        unknownValues: "any",
        duplicates: "last",
        validates: "kept",
        version: { case: "exact", missing: "fatal" },
        mode: { case: "any", missing: "none" },
        maxAge: {
            syntax: "javascript",
            least: 0,
            most: 31_557_600,
            aboveMost: "fatal",
            faulty: "fatal",
            missing: "fatal",
        },
        mx: { values: "any", requiredFor: "enforce-and-testing", repeated: "once" },
    },
    record: {
        begins: "any-case",
        several: "no-policy",
        fields: {
            white: "javascript",
            empty: "blank",
            end: "trimmed",
            inside: "trimmed",
            noEquals: "name-alone",
            secondEquals: "in-value",
            text: "mail-header",
            names: "any-case",
            version: { where: "last", case: "any" },
            extensions: "any",
            id: "not-empty",
            duplicateId: "last",
        },
    },
    fetch: { mediaType: "ignored", undeclaredCharset: "utf-8", octets: null, longer: "dropped", seconds: null },
    cache: {
        class: "S2",
        checksId: "every-delivery",
        extendsOnSameId: true,
        capSeconds: null,
        keepsOnFetchFailure: true,
        failure: "defers",
    },
};

;// CONCATENATED MODULE: ./build/judge/senders/mox.js
const mox = {
    id: "mox",
    name: "mox",
    sources: [
        { repository: "mjl-/mox", path: "mtasts/parse.go", at: "bc38693bcc3a3f7c6728d785c8e8856d6d9b2a6b" },
        { repository: "mjl-/mox", path: "mtasts/mtasts.go", at: "d1b87cdb0da173fb15c33e38ac81a57494c8d226" },
        { repository: "mjl-/mox", path: "mtastsdb/db.go", at: "5b20cba50aa1e7d81678b36f925e1cc6e2c99438" },
    ],
    policy: {
        notUtf8: "replaced",
        lines: "lf",
        white: "wsp",
        emptyLine: "as-any",
        noColon: "fatal",
        secondColon: "in-value",
        names: "as-written",
        unknownNames: "or-punctuated",
        unknownValues: "printable",
        duplicates: "first",
        validates: "every",
        version: { case: "exact", missing: "fatal" },
        mode: { case: "exact", missing: "fatal" },
        maxAge: {
            syntax: "ten-digits",
            least: 0,
            most: 2_147_483_647,
            aboveMost: "fatal",
            faulty: "fatal",
            missing: "fatal",
        },
        mx: { values: "domain", requiredFor: "enforce-and-testing", repeated: "kept" },
    },
    record: {
        begins: "delimited",
        several: "no-policy",
        fields: {
            white: "wsp",
            empty: "last-only",
            end: "in-value",
            inside: "kept",
            noEquals: "fatal",
            secondEquals: "in-value",
            text: "plain",
            names: "exact",
            version: { where: "first-field", case: "exact" },
            extensions: "or-punctuated",
            id: "alphanumeric-32",
            duplicateId: "must-be-empty",
        },
    },
    fetch: { mediaType: "ignored", undeclaredCharset: "utf-8", octets: 65_536, longer: "dropped", seconds: 60 },
    cache: {
        class: "S2",
        checksId: "every-delivery",
        extendsOnSameId: true,
        capSeconds: null,
        pollSeconds: 86_400,
        keepsOnFetchFailure: true,
        failure: "defers",
    },
};

;// CONCATENATED MODULE: ./build/judge/senders/postfix-mta-sts-resolver.js
const postfixMtaStsResolver = {
    id: "postfix-mta-sts-resolver",
    name: "postfix-mta-sts-resolver",
    sources: [
        { repository: "Snawoot/postfix-mta-sts-resolver", path: "postfix_mta_sts_resolver/utils.py", at: "1.5.1" },
        { repository: "Snawoot/postfix-mta-sts-resolver", path: "postfix_mta_sts_resolver/resolver.py", at: "1.5.1" },
        { repository: "Snawoot/postfix-mta-sts-resolver", path: "postfix_mta_sts_resolver/responder.py", at: "1.5.1" },
    ],
    policy: {
        notUtf8: "fatal",
        lines: "unicode",
        white: "python",
        emptyLine: "as-any",
        noColon: "name-alone",
        secondColon: "in-value",
        names: "as-written",
        unknownNames: "any",
        unknownValues: "any",
        duplicates: "last",
        validates: "kept",
        version: { case: "exact", missing: "fatal" },
        mode: { case: "exact", missing: "fatal" },
        maxAge: { syntax: "python", least: 0, most: 31_557_600, aboveMost: "fatal", faulty: "fatal", missing: "fatal" },
        mx: { values: "any", requiredFor: "enforce-and-testing", repeated: "kept" },
    },
    record: {
        begins: "v=STSv1",
        several: "no-policy",
        fields: {
            white: "python",
            empty: "blank",
            end: "trimmed",
            inside: "kept",
            noEquals: "name-alone",
            secondEquals: "in-value",
            text: "plain",
            names: "exact",
            version: { where: "last", case: "exact" },
            extensions: "any",
            id: "any",
            duplicateId: "last",
        },
    },
    fetch: { mediaType: "required", undeclaredCharset: "ascii-only", octets: 65_536, longer: "dropped", seconds: 4 },
    cache: {
        class: "S2",
        checksId: "when-stale",
        extendsOnSameId: true,
        capSeconds: null,
        keepsOnFetchFailure: true,
        failure: "defers",
    },
};

;// CONCATENATED MODULE: ./build/judge/senders/postfix-tlspol.js
const postfixTlspol = {
    id: "postfix-tlspol",
    name: "postfix-tlspol",
    sources: [
        { repository: "Zuplu/postfix-tlspol", path: "internal/mta-sts.go", at: "2026-11-24" },
        {
            repository: "Zuplu/postfix-tlspol",
            path: "internal/utils/valid/valid.go",
            at: "41e91f0468400ace57780aaa01c43e22145f3f08",
        },
    ],
    policy: {
        notUtf8: "fatal",
        lines: "lf-final-cr",
        white: "wsp",
        emptyLine: "as-any",
        noColon: "fatal",
        secondColon: "in-value",
        names: "as-written",
        unknownNames: "extension",
        unknownValues: "no-c1",
        duplicates: "first",
        validates: "kept",
        version: { case: "exact", missing: "fatal" },
        mode: { case: "exact", missing: "fatal" },
        maxAge: {
            syntax: "ten-digits",
            least: 0,
            most: 31_557_600,
            aboveMost: "capped",
            faulty: "fatal",
            missing: "fatal",
        },
        mx: { values: "dns-name", requiredFor: "enforce-and-testing", repeated: "kept" },
    },
    record: {
        begins: "delimited",
        several: "no-policy",
        fields: {
            white: "wsp",
            empty: "last-only",
            end: "in-value",
            inside: "kept",
            noEquals: "fatal",
            secondEquals: "in-value",
            text: "plain",
            names: "exact",
            version: { where: "first-field", case: "exact" },
            extensions: "extension",
            id: "alphanumeric-32",
            duplicateId: "first",
        },
    },
    fetch: { mediaType: "required", undeclaredCharset: "utf-8", octets: 65_536, longer: "dropped", seconds: null },
    cache: {
        class: "S3",
        checksId: "existence",
        extendsOnSameId: false,
        capSeconds: 2_592_000,
        keepsOnFetchFailure: true,
        failure: "defers",
    },
};

;// CONCATENATED MODULE: ./build/judge/senders/stalwart.js
const stalwart = {
    id: "stalwart",
    name: "Stalwart",
    sources: [
        {
            repository: "stalwartlabs/mail-server",
            path: "crates/smtp/src/outbound/mta_sts/parse.rs",
            at: "36253a42961e3529bffaadd062218b3fd8638c03",
        },
        {
            repository: "stalwartlabs/mail-server",
            path: "crates/smtp/src/outbound/mta_sts/lookup.rs",
            at: "50a2f50e581e9d95b8b21453c91116e2d4d7f2ac",
        },
        {
            repository: "stalwartlabs/mail-auth",
            path: "src/common/parse.rs",
            at: "f9183b44b85915a75502cafbe6c992f55e2cb250",
        },
        {
            repository: "stalwartlabs/mail-auth",
            path: "src/mta_sts/parse.rs",
            at: "d25ba940bf38444ebc4dde425d8dca4f4a120a81",
        },
        {
            repository: "stalwartlabs/mail-auth",
            path: "src/common/resolver.rs",
            at: "024d41200aaae3558df91d7f2151a99d27fb3b61",
        },
    ],
    policy: {
        notUtf8: "fatal",
        lines: "up-to-colon",
        white: "unicode",
        emptyLine: "skipped",
        noColon: "skipped",
        secondColon: "in-value",
        names: "trimmed",
        unknownNames: "any",
        unknownValues: "any",
        duplicates: "last",
        validates: "every",
        version: { case: "any", missing: "STSv1" },
        mode: { case: "exact", missing: "none" },
        maxAge: { syntax: "rust", least: 0, most: null, aboveMost: "fatal", faulty: "ignored", missing: 86_400 },
        mx: { values: "not-empty", requiredFor: "every-mode", repeated: "kept" },
    },
    record: {
        begins: "anything",
        several: "first-readable",
        fields: {
            white: "ascii",
            empty: "blank",
            end: "trimmed",
            inside: "squeezed",
            noEquals: "spoils-next",
            secondEquals: "in-value",
            text: "plain",
            names: "any-case",
            version: { where: "every", case: "any" },
            extensions: "any",
            id: "any",
            duplicateId: "last",
        },
    },
    fetch: { mediaType: "ignored", undeclaredCharset: "utf-8", octets: 1_048_576, longer: "dropped", seconds: null },
    cache: {
        class: "S1",
        checksId: "every-delivery",
        extendsOnSameId: false,
        capSeconds: null,
        replaces: { from: 3600, below: 31_557_600, seconds: 86_400 },
        keepsOnFetchFailure: false,
        failure: "bounces-on-mismatch",
    },
};

;// CONCATENATED MODULE: ./build/judge/senders.js








const senders = [
    chasquid,
    kumomta,
    maddy,
    mox,
    postfixMtaStsResolver,
    postfixTlspol,
    stalwart,
    mailauth,
];

;// CONCATENATED MODULE: ./build/judge/sender-difference.js



function departures(policy, bytes) {
    return senders.flatMap((sender) => {
        const reading = readPolicyAs(sender, bytes);
        if (reading.kind === "dropped")
            return [{ sender, reads: undefined }];
        const reads = otherWords(policy, reading);
        return reads === "" ? [] : [{ sender, reads }];
    });
}
function otherWords(policy, { mode, maxAge, mx }) {
    const patterns = new Set(mx.map((pattern) => pattern.toLowerCase()));
    const said = new Set(policy.mx.map(printMxPattern));
    const more = [...patterns].filter((pattern) => !said.has(pattern));
    const fewer = [...said].filter((pattern) => !patterns.has(pattern));
    return [
        ...(mode === policy.mode ? [] : [`mode ${mode}`]),
        ...(maxAge === policy.maxAge ? [] : [`max_age ${maxAge}`]),
        ...(more.length === 0 ? [] : [`the mx ${more.join(", ")} as well`]),
        ...(fewer.length === 0 ? [] : [`no mx ${fewer.join(", ")}`]),
    ].join(" and ");
}
function whatTheyDo(all) {
    const groups = new Map();
    for (const { sender, reads } of all)
        groups.set(reads, [...(groups.get(reads) ?? []), sender.name]);
    const dropping = groups.get(undefined) ?? [];
    groups.delete(undefined);
    const clauses = [
        ...(dropping.length === 0 ? [] : [`${listed(dropping)} ${verb(dropping, "drop")} the policy`]),
        ...[...groups].map(([reads, names]) => `${listed(names)} ${verb(names, "read")} ${reads}`),
    ];
    return clauses.join(", and ");
}
function verb(names, word) {
    return names.length === 1 ? `${word}s` : word;
}
function listed(words) {
    const last = words.at(-1) ?? "";
    return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

;// CONCATENATED MODULE: ./build/judge/policy-remarks.js








const MOST = 20; // remarks; a file made to provoke more says nothing new after that
const LONG = 10_240; // octets, after which the shortest-sighted sender stops
function policyRemarks(bytes) {
    const parse = parsePolicy(bytes);
    if (parse.kind !== "valid")
        return [];
    const { policy, fields } = parse;
    const whole = departures(policy, bytes);
    const found = new Map();
    const text = new TextDecoder().decode(bytes);
    for (const oddity of odditiesOf(policy, fields, text)) {
        if (found.size >= MOST)
            break;
        const remark = remarkOn(oddity, policy, whole);
        if (remark && !found.has(remark.message))
            found.set(remark.message, remark);
    }
    const remarks = [...found.values()];
    if (bytes.length > LONG)
        remarks.push(onLength(bytes.length, whole));
    const named = new Set(remarks.flatMap((remark) => remark.senders));
    const rest = whole.filter(({ sender }) => !named.has(sender.name));
    return rest.length === 0 ? remarks : [...remarks, otherwise(rest)];
}
function remarkOn(oddity, policy, whole) {
    const { code, span, specimen } = oddity;
    const mind = whole.length === 0 ? [] : departuresIn(specimen).filter(({ sender }) => isIn(whole, sender.name));
    const replacers = code.startsWith("max-age") ? senders.filter(({ cache }) => replaces(cache, policy.maxAge)) : [];
    const keepers = replacers.map(({ name }) => name).filter((name) => !mind.some(({ sender }) => sender.name === name));
    const telling = code === "near-miss" || code === "mx-address" || code === "none-without-mx" || /^max-age-/.test(code);
    if (mind.length === 0 && keepers.length === 0 && !telling)
        return undefined;
    const message = [SENTENCES[code](oddity, whatTheyDo(mind)), keptInstead(keepers)].join("");
    return { level: "warning", code, span, message: `${message}.`, senders: mind.map(({ sender }) => sender.name) };
}
function departuresIn(specimen) {
    const bytes = new TextEncoder().encode(specimen);
    const parse = parsePolicy(bytes);
    return parse.kind === "valid" ? departures(parse.policy, bytes) : [];
}
function isIn(whole, name) {
    return whole.some(({ sender }) => sender.name === name);
}
function replaces({ replaces: range }, maxAge) {
    return range !== undefined && (maxAge < range.from || maxAge >= range.below);
}
function keptInstead(names) {
    const seconds = senders.find(({ name }) => names.includes(name))?.cache.replaces?.seconds;
    return seconds === undefined ? "" : `; ${listed(names)} holds the policy for ${inWords(seconds)} instead`;
}
const but = (they) => (they === "" ? "" : `, but ${they}`);
const and = (they) => (they === "" ? "" : `, and ${they}`);
const SENTENCES = {
    duplicate: ({ field }, they) => `RFC 8461 ignores a second ${quoted(field)}${but(they)}`,
    "near-miss": ({ field, value }, they) => `The field ${quoted(field)} is none that senders know, so they read over it${didYouMean(`${nearMiss(field)}: ${value}`)}${but(they)}`,
    "unknown-field": ({ field }, they) => `RFC 8461 ignores the unknown field ${quoted(field)}${but(they)}`,
    mx: ({ value }, they) => `The mx ${quoted(value)} is valid by RFC 8461${but(they)}`,
    "mx-address": ({ value }, they) => `The mx ${quoted(value)} can never be the name of an MX host${and(they)}`,
    "none-without-mx": (_, they) => `The mode none without an mx is valid by RFC 8461${but(they && `${they} and go on with the one they hold`)}`,
    "max-age": ({ value }, they) => `The max_age ${quoted(value)} is valid by RFC 8461${but(they)}`,
    "max-age-zero": (_, they) => `With max_age 0 no sender may keep the policy, which then protects nothing${and(they)}`,
    "max-age-under-an-hour": ({ value }, they) => `With max_age ${value}, under an hour, senders forget the policy between two messages${and(they)}`,
};
function onLength(octets, whole) {
    const short = senders.filter(({ fetch }) => fetch.octets !== null && octets > fetch.octets);
    const mind = whole.filter(({ sender }) => short.includes(sender));
    const cut = short.filter(({ fetch }) => fetch.longer === "cut").map(({ name }) => name);
    const message = `The policy has ${octets} octets, of which ${listed(cut)} reads the first ${LONG}${and(whatTheyDo(mind))}.`;
    return { level: "warning", code: "length", span: TOP, message, senders: mind.map(({ sender }) => sender.name) };
}
function otherwise(rest) {
    const message = `The policy is valid by RFC 8461, but ${whatTheyDo(rest)}.`;
    return {
        level: "warning",
        code: "otherwise",
        span: TOP,
        message,
        senders: rest.map(({ sender }) => sender.name),
    };
}

;// CONCATENATED MODULE: ./build/judge/rules/policy-fragile.js







const policyFragile = defineRule({
    id: "policy-fragile",
    title: "The policy is valid, and named senders read something else in it",
    cites: [cite("RFC 8461", "3.2")],
    applies: ({ policy }) => policy.proposed.kind === "valid",
    check: (inspection) => {
        const bytes = proposedBytes(inspection);
        if (!bytes)
            return {};
        const remarks = policyRemarks(bytes);
        const before = remarks.length > 0 ? remarksBefore(inspection) : undefined;
        const findings = remarks.map((remark) => policy_fragile_finding(inspection, remark, before));
        return { findings: [...findings, ...undeclared(inspection, bytes)] };
    },
});
function proposedBytes({ policy, proposal, evidence }) {
    const { policyFile } = proposal.proposed;
    if (policy.said)
        return policyFile.kind === "said" && policyFile.value ? bytesOf(policyFile.value.octets) : undefined;
    const fetched = evidence.policyFetch.kind === "observed" ? evidence.policyFetch.value : [];
    const served = fetched.find(servesPolicy);
    return served && bytesOf(served.response.body);
}
function remarksBefore({ policy, proposal: { base } }) {
    if (!policy.said)
        return undefined;
    const file = base.policyFile.kind === "said" ? base.policyFile.value : null;
    return new Set(file ? policyRemarks(bytesOf(file.octets)).map(causeOf) : []);
}
function causeOf({ code, message }) {
    return code === "length" ? code : message;
}
function policy_fragile_finding({ policy: { proposed } }, remark, before) {
    const { level, code, span, message, senders: named } = remark;
    const place = "place" in proposed ? proposed.place : { kind: "input", name: "policy" };
    const alreadySo = before?.has(causeOf(remark)) ?? true;
    return {
        level,
        message,
        location: place.kind === "file" ? { ...place, span } : place,
        facts: { code, senders: named.join(", ") },
        ...(alreadySo && { alreadySo: true }),
    };
}
function undeclared({ evidence, policyDomain }, bytes) {
    if (evidence.policyFetch.kind === "unobserved" || bytes.every((octet) => octet < 0x80))
        return [];
    const served = evidence.policyFetch.value.filter(servesPolicy);
    const bare = served.find(({ response }) => !/;\s*charset\s*=\s*"?utf-8/i.test(response.contentType ?? ""));
    const names = senders.filter(({ fetch }) => fetch.undeclaredCharset === "ascii-only").map(({ name }) => name);
    if (!bare)
        return [];
    const message = `The policy is not all ASCII and mta-sts.${policyDomain} declares no charset=utf-8, so ${listed(names)} drops it.`;
    return [
        {
            level: "warning",
            message,
            location: { kind: "policy-host", url: "/.well-known/mta-sts.txt", address: bare.address },
            facts: { code: "undeclared-charset", senders: names.join(", ") },
        },
    ];
}

;// CONCATENATED MODULE: ./build/judge/rules/policy-max-age-long.js






const policy_max_age_long_WEEK = 604_800; // seconds
const MONTH = 2_678_400; // seconds, 31 days
const policyMaxAgeLong = defineRule({
    id: "policy-max-age-long",
    title: "The policy is kept for longer than a first mistake should last",
    cites: [cite("RFC 8461", "3.2"), cite("RFC 8461", "8.1")],
    applies: ({ policy }) => policy.said && policyIn(policy.proposed)?.mode === "enforce",
    check: (inspection) => {
        const { policy, turnsOn, policyDomain } = inspection;
        const maxAge = policyIn(policy.proposed)?.maxAge ?? 0;
        if (turnsOn === "yes" && maxAge > policy_max_age_long_WEEK)
            return policy_max_age_long_finding(inspection, maxAge, "Enforce is turned on here for the first time");
        const raised = raisedFrom(inspection, maxAge);
        if (raised !== undefined && maxAge > MONTH)
            return policy_max_age_long_finding(inspection, maxAge, `The max_age is raised from ${inWords(raised)}`);
        if (turnsOn === "unknown" && maxAge > policy_max_age_long_WEEK && policy.deployed.kind === "unknown") {
            const message = `Whether enforce is new here was not seen: ${whyUnseen(policy.deployed.because)}.`;
            return { missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
        }
        return {};
    },
});
function raisedFrom({ policy }, maxAge) {
    const was = policyIn(policy.base) ?? policyIn(policy.deployed);
    return was && was.maxAge < maxAge ? was.maxAge : undefined;
}
function policy_max_age_long_finding({ policy }, maxAge, why) {
    return {
        findings: [
            {
                level: "warning",
                message: `${why}, and senders that look at no newer id keep a mistake in it for ${inWords(maxAge)}.`,
                location: fieldPlace(policy.proposed, "max_age"),
                facts: { maxAge },
            },
        ],
    };
}

;// CONCATENATED MODULE: ./build/judge/rules/policy-max-age-short.js





const policy_max_age_short_DAY = 86_400; // seconds
const policyMaxAgeShort = defineRule({
    id: "policy-max-age-short",
    title: "The policy is enforced and is not kept for a day",
    cites: [cite("RFC 8461", "3.2"), cite("RFC 8461", "10.2")],
    applies: ({ policy }) => policyIn(policy.proposed)?.mode === "enforce",
    check: ({ policy }) => {
        const maxAge = policyIn(policy.proposed)?.maxAge ?? policy_max_age_short_DAY;
        if (maxAge >= policy_max_age_short_DAY)
            return {};
        const was = policyIn(policy.base);
        const alreadySo = !policy.said || (was?.mode === "enforce" && was.maxAge === maxAge);
        return {
            findings: [
                {
                    level: "warning",
                    message: `Senders hold this policy for ${inWords(maxAge)} only; when the policy host is away for longer, they deliver as if there were none.`,
                    location: fieldPlace(policy.proposed, "max_age"),
                    facts: { maxAge },
                    ...(alreadySo && { alreadySo: true }),
                },
            ],
        };
    },
});

var cjs = __nccwpck_require__(935);
;// CONCATENATED MODULE: ./build/judge/shared-suffixes.js
const SHARED = new Set([
    "mail.protection.outlook.com", // Microsoft 365
    "mx.microsoft",
    "pphosted.com", // Proofpoint
    "gslb.pphosted.com",
    "ppe-hosted.com",
    "iphmx.com", // Cisco
    "mimecast.com",
    "messagelabs.com", // Symantec
    "ess.barracudanetworks.com",
    "mailcontrol.com", // Forcepoint
    "fireeyecloud.com", // Trellix
    "antispamcloud.com", // N-able
]);
const REGION = /^[a-z]-v[0-9]+\.mx\.microsoft$/;
function isSharedSuffix(name) {
    return SHARED.has(name) || REGION.test(name);
}

;// CONCATENATED MODULE: ./build/judge/public-suffix.js


function suffixOf(name) {
    const { publicSuffix, isIcann, isPrivate } = (0,cjs/* parse */.qg)(name, { allowPrivateDomains: true, extractHostname: false });
    if (publicSuffix === name && isIcann)
        return "public";
    if (publicSuffix === name && isPrivate)
        return "shared";
    return isSharedSuffix(name) ? "shared" : undefined;
}

;// CONCATENATED MODULE: ./build/judge/rules/policy-mx-broad.js






const policyMxBroad = defineRule({
    id: "policy-mx-broad",
    title: "A wildcard covers host names of other people",
    cites: [cite("RFC 8461", "4.1"), cite("RFC 8461", "10.2")],
    applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
    check: (inspection) => {
        const wildcards = policyIn(inspection.policy.proposed)?.mx.filter(({ wildcard }) => wildcard) ?? [];
        const distinct = new Map(wildcards.map((pattern) => [pattern.host, pattern]));
        return { findings: [...distinct.values()].flatMap((pattern) => policy_mx_broad_finding(inspection, pattern)) };
    },
});
function policy_mx_broad_finding(inspection, pattern) {
    const suffix = suffixOf(pattern.host);
    if (!suffix)
        return [];
    const written = printMxPattern(pattern);
    const whose = suffix === "public"
        ? `anyone can register a name that ${written} covers`
        : `${written} covers the hosts of every customer of that provider`;
    const alreadySo = policy_mx_broad_isIn(inspection, pattern);
    return [
        {
            level: suffix === "public" ? "warning" : "notice",
            message: `${capital(whose)}, so senders that are led to such a host accept it as one of ${inspection.policyDomain}'s.`,
            location: place(inspection, written),
            facts: { pattern: written, suffix },
            ...(alreadySo && { alreadySo: true }),
        },
    ];
}
function capital(text) {
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
function place({ policy }, written) {
    return fieldPlace(policy.proposed, "mx", ({ value }) => value.toLowerCase() === written);
}
function policy_mx_broad_isIn({ policy }, { host }) {
    return !policy.said || (policyIn(policy.base)?.mx.some((each) => each.wildcard && each.host === host) ?? false);
}

;// CONCATENATED MODULE: ./build/judge/rules/policy-mx-unused.js








const policyMxUnused = defineRule({
    id: "policy-mx-unused",
    title: "An mx pattern matches no MX host",
    cites: [cite("RFC 8461", "4.1")],
    applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
    check: (inspection) => {
        const hosts = visibleHosts(inspection);
        const patterns = policyIn(inspection.policy.proposed)?.mx ?? [];
        const distinct = [...new Map(patterns.map((pattern) => [printMxPattern(pattern), pattern])).values()];
        const never = distinct.filter(({ host }) => !canMatch(host));
        const unused = distinct.filter((pattern) => canMatch(pattern.host) && !isUsed(pattern, hosts));
        const seen = areSeen(inspection);
        const told = unused.length > 0 && !seen ? never : [...never, ...unused];
        return {
            findings: told.map((pattern) => policy_mx_unused_finding(inspection, pattern)),
            ...(unused.length > 0 && policy_mx_unused_unseen(inspection)),
        };
    },
});
function visibleHosts({ mx }) {
    return [...hostsIn(mx.deployed), ...hostsIn(mx.proposed)];
}
function isUsed(pattern, hosts) {
    return hosts.some((host) => matchesMx(pattern, host));
}
function areSeen({ mx }) {
    return mx.deployed.kind !== "unknown" && mx.proposed.kind !== "unknown";
}
function policy_mx_unused_finding(inspection, pattern) {
    const { policy } = inspection;
    const written = printMxPattern(pattern);
    const possible = canMatch(pattern.host);
    const alreadySo = wasUnused(inspection, pattern);
    const what = possible
        ? `matches no MX host, live or proposed; senders would accept a host of that name, and nothing else comes of it`
        : `looks like an IP address and can match no MX host, so senders find nothing that this line allows`;
    return {
        level: possible ? "notice" : "warning",
        message: `The pattern ${written} ${what}.`,
        location: fieldPlace(policy.proposed, "mx", ({ value }) => value.toLowerCase() === written),
        facts: { pattern: written },
        ...(alreadySo && { alreadySo: true }),
    };
}
function wasUnused({ policy, mx, before }, pattern) {
    const written = printMxPattern(pattern);
    const was = policy.base ?? before;
    const listed = !policy.said || (policyIn(was)?.mx.some((each) => printMxPattern(each) === written) ?? false);
    return listed && !isUsed(pattern, [...hostsIn(mx.base), ...hostsIn(mx.deployed)]);
}
function policy_mx_unused_unseen({ mx, policyDomain }) {
    if (mx.deployed.kind !== "unknown")
        return {};
    const message = `The live MX records of ${policyDomain} were not seen: ${whyUnseen(mx.deployed.because)}.`;
    return { missing: [missing("mx", policyDomain, message)] };
}

;// CONCATENATED MODULE: ./build/judge/rules/policy-syntax.js




const policySyntax = defineRule({
    id: "policy-syntax",
    title: "The policy file is not an MTA-STS policy",
    cites: [cite("RFC 8461", "3.2")],
    applies: ({ policy }) => policy.said && policy.proposed.kind !== "absent",
    check: (inspection) => {
        const { proposed } = inspection.policy;
        if (proposed.kind !== "invalid" || proposed.place.kind !== "file")
            return {};
        const { place, parse } = proposed;
        const alreadySo = isUntouched(inspection) || areBlankLinesAlreadyLive(inspection);
        const defects = isMarkup(inspection) ? parse.defects.slice(0, 1).map(asMarkup) : parse.defects;
        return {
            findings: defects.map(({ code, span, message }) => ({
                level: alreadySo ? "warning" : "error",
                message,
                location: { ...place, span },
                resultType: "sts-policy-invalid",
                facts: { code },
                ...(alreadySo && { alreadySo: true }),
            })),
        };
    },
});
const asMarkup = (first) => ({
    ...first,
    message: "The file is a page of markup and no policy, so senders that keep to RFC 8461 find no policy here.",
});
function isMarkup({ proposal: { proposed } }) {
    const file = proposed.policyFile.kind === "said" ? proposed.policyFile.value : null;
    const begun = file === null ? "" : octetText(bytesOf(file.octets).subarray(0, 256));
    return /^(\xEF\xBB\xBF)?\s*<[!?a-z]/i.test(begun);
}
function isUntouched({ proposal: { base, proposed } }) {
    const [was, is] = [base.policyFile, proposed.policyFile];
    if (was.kind === "unsaid" || is.kind === "unsaid" || !was.value || !is.value)
        return false;
    return sameOctets(was.value.octets, is.value.octets);
}
function areBlankLinesAlreadyLive({ policy: { proposed }, evidence: { policyFetch } }) {
    const onlyBlank = proposed.kind === "invalid" && proposed.parse.defects.every(({ code }) => code === "blank-line");
    if (!onlyBlank || policyFetch.kind === "unobserved")
        return false;
    return policyFetch.value.some((fetch) => {
        if (fetch.kind !== "response" || fetch.response.status !== 200)
            return false;
        const live = parsePolicy(bytesOf(fetch.response.body));
        return live.kind === "invalid" && live.defects.some(({ code }) => code === "blank-line");
    });
}

;// CONCATENATED MODULE: ./build/judge/rules/record-fragile.js








const recordFragile = defineRule({
    id: "record-fragile",
    title: "The _mta-sts record is valid, and named senders find none or another id",
    cites: [cite("RFC 8461", "3.1")],
    applies: ({ record }) => record.proposed.kind === "valid",
    check: (inspection) => {
        const texts = proposedTexts(inspection);
        const id = idIn(inspection.record.proposed) ?? "";
        const readings = senders.map((sender) => ({ name: sender.name, reading: readRecordsAs(sender, texts) }));
        const blind = readings.flatMap(({ name, reading }) => (reading.kind === "none" ? [name] : []));
        const other = readings.flatMap(({ name, reading }) => reading.kind === "id" && reading.id !== null && reading.id !== id ? [{ name, id: reading.id }] : []);
        const named = [...blind, ...other.map(({ name }) => name)];
        return named.length === 0 ? {} : { findings: [record_fragile_finding(inspection, record_fragile_sentence(texts, blind, other), named)] };
    },
});
function proposedTexts({ record, proposal, evidence }) {
    const { stsRecords } = proposal.proposed;
    if (record.said) {
        const said = stsRecords.kind === "said" ? stsRecords.value : [];
        return said.flatMap(({ type, data }) => (type === "TXT" && data !== null ? [data] : []));
    }
    const { stsRecord } = evidence;
    return stsRecord.kind === "observed" && stsRecord.value.kind === "records" ? stsRecord.value.records : [];
}
function record_fragile_sentence(texts, blind, other) {
    const ids = new Map();
    for (const { name, id } of other)
        ids.set(id, [...(ids.get(id) ?? []), name]);
    const clauses = [
        ...(blind.length === 0 ? [] : [`${listed(blind)} ${blind.length === 1 ? "finds" : "find"} no policy`]),
        ...[...ids].map(([id, names]) => `${listed(names)} ${names.length === 1 ? "reads" : "read"} the id ${quoted(id)}`),
    ];
    return `The record is valid by RFC 8461, but ${clauses.join(", and ")}${because(texts)}.`;
}
function because(texts) {
    if (texts.length > 1)
        return ", because other TXT records stand beside it";
    const [text = ""] = texts;
    if (/^v=STSv1[ \t]/.test(text))
        return ", because white space stands before its first semicolon";
    if ((text.match(/;[ \t]*id=/g) ?? []).length > 1)
        return ", because it has a second id";
    return text.includes(":") ? ", because one of its fields has a colon in it" : "";
}
function record_fragile_finding(inspection, message, named) {
    const alreadySo = !inspection.record.said || record_fragile_isUntouched(inspection);
    return {
        level: "warning",
        message,
        location: recordPlace(inspection),
        facts: { senders: named.join(", ") },
        ...(alreadySo && { alreadySo: true }),
    };
}
function record_fragile_isUntouched({ proposal: { base, proposed } }) {
    if (base.stsRecords.kind === "unsaid" || proposed.stsRecords.kind === "unsaid")
        return false;
    const before = base.stsRecords.value.map(({ data }) => data);
    const after = proposed.stsRecords.value.map(({ data }) => data);
    return before.length === after.length && before.every((data, index) => data === after[index]);
}

;// CONCATENATED MODULE: ./build/judge/rules/record-id-unchanged.js







const recordIdUnchanged = defineRule({
    id: "record-id-unchanged",
    title: "The policy changes and the id of the record does not",
    cites: [cite("RFC 8461", "3.1"), cite("RFC 8461", "8.1")],
    applies: ({ policy, record }) => record.said && idIn(record.proposed) !== undefined && policyIn(policy.proposed) !== undefined,
    check: (inspection) => {
        const { record } = inspection;
        const id = idIn(record.proposed) ?? "";
        if (policyChanges(inspection) && id === idIn(record.base))
            return { findings: [unchanged(inspection, id, "base")] };
        const touches = inspection.proposal.touched.some((subject) => subject === "policy" || subject === "record");
        const unseen = whatIsUnseen(inspection, id);
        if (unseen.length > 0)
            return { missing: unseen, needed: touches };
        if (idIn(record.deployed) === id && differsFromDeployed(inspection) === true)
            return { findings: [unchanged(inspection, id, touches ? "deployed" : "untouched")] };
        return {};
    },
});
function unchanged(inspection, id, than) {
    const what = than === "base"
        ? `The policy changes and the id stays ${id}`
        : `The id ${id} is live and names a policy that means something else`;
    return {
        level: than === "untouched" ? "warning" : "error",
        message: `${what}; senders that hold the old policy compare ids and will not fetch the new one.`,
        location: recordPlace(inspection),
        related: inspection.policy.proposed.kind === "valid" ? [inspection.policy.proposed.place] : [],
        facts: { id },
        ...(than === "untouched" && { alreadySo: true }),
    };
}
function whatIsUnseen({ record, policy, policyDomain }, id) {
    if (record.deployed.kind === "unknown") {
        const message = `Whether the id ${id} is live already was not seen (${whyUnseen(record.deployed.because)}).`;
        return [missing("stsRecord", `_mta-sts.${policyDomain}`, message)];
    }
    if (idIn(record.deployed) === id && policy.deployed.kind === "unknown") {
        const message = `The id ${id} is live, and the policy it names was not seen (${whyUnseen(policy.deployed.because)}).`;
        return [missing("policyFetch", `mta-sts.${policyDomain}`, message)];
    }
    return [];
}

;// CONCATENATED MODULE: ./build/judge/publication.js



function publication(inspection) {
    const { record, policyDomain, policy } = inspection;
    const news = policyIn(policy.proposed) !== undefined && (policyChanges(inspection) || differsFromDeployed(inspection) === true);
    const stale = idIn(record.proposed) !== undefined && [idIn(record.base), idIn(record.deployed)].includes(idIn(record.proposed));
    if (!policy.said || !news || (record.said && !stale && record.proposed.kind === "valid"))
        return { suggestedId: null, record: null };
    const suggestedId = freshId(inspection);
    const text = `_mta-sts.${policyDomain}. IN TXT "v=STSv1; id=${suggestedId}"`;
    return { suggestedId, record: record.said ? null : text };
}
function freshId({ asOf, record }) {
    const stamp = asOf.replace(/[.][0-9]+/, "").replace(/[^0-9TZ]/g, "");
    const used = [record.proposed, record.base, record.deployed].map(idIn);
    return used.includes(stamp) ? `${stamp}1` : stamp;
}

;// CONCATENATED MODULE: ./build/judge/rules/record-id-unknown.js






const recordIdUnknown = defineRule({
    id: "record-id-unknown",
    title: "The policy changes and the repository does not say the next id",
    cites: [cite("RFC 8461", "3.1"), cite("RFC 8461", "8.1")],
    applies: ({ record, policy }) => policy.said && !record.said && policyIn(policy.proposed) !== undefined,
    check: (inspection) => {
        if (!policyChanges(inspection) && differsFromDeployed(inspection) !== true)
            return {};
        const { suggestedId, record } = publication(inspection);
        return {
            findings: [
                {
                    level: "notice",
                    message: `After the policy is live, publish ${record}; until the id changes, senders keep the policy they hold.`,
                    location: fieldPlace(inspection.policy.proposed, "version"),
                    facts: { suggestedId: suggestedId ?? "" },
                },
            ],
        };
    },
});

;// CONCATENATED MODULE: ./build/judge/rules/record-id-unneeded.js





const recordIdUnneeded = defineRule({
    id: "record-id-unneeded",
    title: "The id changes and the policy does not",
    cites: [cite("RFC 8461", "3.1")],
    applies: ({ record, policy }) => policy.said && idIn(record.proposed) !== undefined && idIn(record.base) !== undefined,
    check: (inspection) => {
        const { record } = inspection;
        const [was, is] = [idIn(record.base), idIn(record.proposed)];
        if (was === is || policyChanges(inspection) || differsFromDeployed(inspection) !== false)
            return {};
        return {
            findings: [
                {
                    level: "notice",
                    message: `The id changes from ${was} to ${is} and the policy means the same; senders only fetch it once more.`,
                    location: recordPlace(inspection),
                    facts: { from: was ?? "", to: is ?? "" },
                },
            ],
        };
    },
});

;// CONCATENATED MODULE: ./build/judge/rules/record-missing.js






const recordMissing = defineRule({
    id: "record-missing",
    title: "There is a policy and no record that announces it",
    cites: [cite("RFC 8461", "3.1")],
    applies: ({ policy }) => policyIn(policy.proposed) !== undefined,
    check: (inspection) => {
        const { record, policy, policyDomain } = inspection;
        if (record.proposed.kind !== "absent")
            return {};
        const hadOne = (record.base ?? record.deployed).kind !== "absent";
        if (record.said && record.base === undefined && record.deployed.kind === "unknown")
            return {
                needed: true,
                missing: [
                    missing("stsRecord", `_mta-sts.${policyDomain}`, `Whether a record is live was not seen (${whyUnseen(record.deployed.because)}).`),
                ],
            };
        const published = policyIn(policy.deployed) !== undefined;
        if (!record.said && !published)
            return {};
        const level = hadOne && record.said ? levelUnder(inspection) : published ? "warning" : "notice";
        return {
            findings: [
                {
                    level,
                    message: `_mta-sts.${policyDomain} has no STS record, so senders do not look for the policy.`,
                    location: recordPlace(inspection),
                    facts: { owner: `_mta-sts.${policyDomain}` },
                    ...(!record.said && { alreadySo: true }),
                },
            ],
        };
    },
});

;// CONCATENATED MODULE: ./build/judge/rules/record-multiple.js



const recordMultiple = defineRule({
    id: "record-multiple",
    title: "There is more than one STS record",
    cites: [cite("RFC 8461", "3.1")],
    check: (inspection) => {
        const { record, policyDomain } = inspection;
        const view = record.proposed;
        if (view.kind !== "multiple")
            return {};
        const alreadySo = !record.said || record.base?.kind === "multiple";
        const [, ...related] = view.places;
        return {
            findings: [
                {
                    level: alreadySo ? "warning" : "error",
                    message: `_mta-sts.${policyDomain} has ${view.places.length} STS records; senders then act as if there were no policy.`,
                    location: recordPlace(inspection),
                    related,
                    facts: { records: view.places.length },
                    ...(alreadySo && { alreadySo: true }),
                },
            ],
        };
    },
});

;// CONCATENATED MODULE: ./build/judge/rules/record-syntax.js


const recordSyntax = defineRule({
    id: "record-syntax",
    title: "The _mta-sts record is not an STS record",
    cites: [cite("RFC 8461", "3.1")],
    check: ({ record }) => {
        const view = record.proposed;
        if (view.kind !== "invalid")
            return {};
        const sameInBase = record.base?.kind === "invalid" && record.base.text === view.text;
        const alreadySo = !record.said || sameInBase;
        return {
            findings: view.defects.map(({ code, message }) => ({
                level: alreadySo ? "warning" : "error",
                message: `${message.replace(/[.]$/, "")}; senders see no policy.`,
                location: view.place,
                facts: { code },
                ...(alreadySo && { alreadySo: true }),
            })),
        };
    },
});

;// CONCATENATED MODULE: ./build/judge/rules/rollout-enforce-untested.js






const rollout_enforce_untested_DAY = 86_400_000; // milliseconds
const TESTED_DAYS = 14;
const rolloutEnforceUntested = defineRule({
    id: "rollout-enforce-untested",
    title: "Enforce is turned on for a policy that was not tested",
    cites: [cite("RFC 8461", "5"), cite("RFC 8461", "8.3")],
    applies: ({ policy }) => policy.said && enforces(policy.proposed),
    check: (inspection) => {
        const { turnsOn, policy, policyDomain } = inspection;
        if (turnsOn === "no")
            return {};
        if (policy.deployed.kind === "unknown") {
            const message = `Whether a testing policy is deployed was not seen: ${whyUnseen(policy.deployed.because)}.`;
            return { needed: true, missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
        }
        const tested = policyIn(policy.deployed)?.mode === "testing";
        return { findings: tested ? shortTesting(inspection) : [rollout_enforce_untested_finding(inspection, "error", untested(policyDomain), {})] };
    },
});
const untested = (policyDomain) => `Enforce is turned on and ${policyDomain} has no testing policy deployed; what senders would refuse was never reported.`;
function shortTesting(inspection) {
    const { policy, proposal, asOf } = inspection;
    const [live, after] = [policyIn(policy.deployed), policyIn(policy.proposed)];
    if (live && after && !samePolicy({ ...live, mode: "enforce", maxAge: after.maxAge }, after))
        return [
            rollout_enforce_untested_finding(inspection, "warning", "Enforce is turned on together with other mx patterns than were tested; test these first.", {}),
        ];
    if (proposal.baseSince.kind === "unknown")
        return [];
    const days = Math.floor((Date.parse(asOf) - Date.parse(proposal.baseSince.at)) / rollout_enforce_untested_DAY);
    if (days >= TESTED_DAYS)
        return [];
    const message = `Enforce is turned on after ${days} days of testing; ${TESTED_DAYS} days of reports show what senders would refuse.`;
    return [rollout_enforce_untested_finding(inspection, "warning", message, { days })];
}
function rollout_enforce_untested_finding(inspection, level, message, facts) {
    return { level, message, location: fieldPlace(inspection.policy.proposed, "mode"), facts };
}

;// CONCATENATED MODULE: ./build/judge/rules/rollout-mx-not-cached.js







const rolloutMxNotCached = defineRule({
    id: "rollout-mx-not-cached",
    title: "An MX host is added that a policy senders hold does not cover",
    cites: [cite("RFC 8461", "8.1"), cite("RFC 8461", "5.1")],
    applies: ({ mx }) => mx.said,
    check: (inspection) => {
        const { before, policy, policyDomain } = inspection;
        const added = addedHosts(inspection.mx);
        if (added.length === 0)
            return {};
        const held = policyIn(before);
        if (before === undefined || before.kind === "unknown" || policy.deployed.kind === "unknown") {
            const because = policy.deployed.kind === "unknown" ? whyUnseen(policy.deployed.because) : "";
            const message = `Whether the policy that senders hold covers the new MX was not seen: ${because}.`;
            return { needed: true, missing: [missing("policyFetch", `mta-sts.${policyDomain}`, message)] };
        }
        if (!held || !enforces(before))
            return {};
        const refused = added.filter((host) => !covers(held, host));
        return {
            findings: refused.map((host) => ({
                level: "error",
                message: `MX host ${host} is added while senders hold a policy that does not list it; they refuse it until they have fetched the new one.`,
                location: hostPlace(inspection, host, true),
                resultType: "validation-failure",
                facts: { host, maxAge: held.maxAge },
            })),
        };
    },
});

;// CONCATENATED MODULE: ./build/judge/rules/rollout-removed-early.js




const LONGEST_CACHE = 31_557_600_000; // milliseconds: the largest max_age (RFC 8461 §3.2)
const rolloutRemovedEarly = defineRule({
    id: "rollout-removed-early",
    title: "Policy or record is removed while senders may hold an enforce policy",
    cites: [cite("RFC 8461", "8.3"), cite("RFC 8461", "3.3")],
    applies: (inspection) => removedParts(inspection).length > 0,
    check: (inspection) => {
        const { policy, proposal, asOf, policyDomain } = inspection;
        const parts = removedParts(inspection).join(" and ");
        if (enforces(policy.base) || enforces(policy.deployed))
            return { findings: [rollout_removed_early_finding(inspection, parts)] };
        const since = proposal.baseSince;
        const settled = since.kind === "since" && Date.parse(since.at) + LONGEST_CACHE <= Date.parse(asOf);
        if (settled && policyIn(policy.base) !== undefined)
            return {};
        const how = since.kind === "unknown" ? since.why : `base says so only since ${since.at}`;
        const message = `Whether senders still hold an enforce policy of ${policyDomain} is not known: ${how} (fetch-depth: 0 shows the history).`;
        return { needed: true, missing: [missing("history", policyDomain, message)] };
    },
});
function removedParts({ policy, record }) {
    const gone = (base, now) => base !== undefined && base.kind !== "absent" && now.kind === "absent";
    const file = policy.said && gone(policy.base ?? policy.deployed, policy.proposed);
    const text = record.said && gone(record.base ?? record.deployed, record.proposed);
    return [...(file ? ["the policy"] : []), ...(text ? ["the record"] : [])];
}
function rollout_removed_early_finding({ policy, policyDomain }, parts) {
    const maxAge = Math.max(policyIn(policy.base)?.maxAge ?? 0, policyIn(policy.deployed)?.maxAge ?? 0);
    return {
        level: "error",
        message: `The change removes ${parts} of ${policyDomain} while senders hold an enforce policy; they keep it for up to ${maxAge} seconds and nothing can tell them otherwise.`,
        location: policy.base?.kind === "valid"
            ? policy.base.place
            : { kind: "dns", owner: `_mta-sts.${policyDomain}`, type: "TXT" },
        facts: { maxAge },
    };
}

;// CONCATENATED MODULE: ./build/protocol/uri.js
const uri_NAME = "(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})";
const UNIT = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})"; // pchar
const uri_HOST = `(?:\\[[0-9A-Fa-fv.:]{2,64}\\]|${uri_NAME}*)`;
const AUTHORITY = `//(?:(?:${uri_NAME}|:)*@)?${uri_HOST}(?::[0-9]*)?`;
const PATHS = `(?:${AUTHORITY}(?:/${UNIT}*)*|/(?:${UNIT}+(?:/${UNIT}*)*)?|${UNIT}+(?:/${UNIT}*)*|)`;
const TAIL = `(?:${UNIT}|[/?])*`;
const URI = new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*:${PATHS}(?:\\?${TAIL})?(?:#${TAIL})?$`);
const LONGEST = 8192; // UTF-16 units, above any that a record or a report has use for
function isUri(text) {
    return text.length <= LONGEST && URI.test(text);
}

;// CONCATENATED MODULE: ./build/protocol/report-uri.js


function isReportUri(text) {
    return isUri(text) && !/[,!;]/.test(text);
}
function isUsableReportUri(uri) {
    const colon = uri.indexOf(":");
    const scheme = uri.slice(0, colon).toLowerCase();
    if (scheme === "https")
        return /^\/\/(?:[^/?#@]*@)?[^/?#@:]/.test(uri.slice(colon + 1));
    if (scheme !== "mailto")
        return false;
    const [address = ""] = uri.slice(colon + 1).split("?");
    const at = address.lastIndexOf("@");
    return at > 0 && domain_name_domainName(address.slice(at + 1)) !== undefined;
}
function reportUriDomain(uri) {
    if (!isUsableReportUri(uri))
        return undefined;
    const rest = uri.slice(uri.indexOf(":") + 1);
    const name = rest.startsWith("//")
        ? /^\/\/(?:[^/?#@]*@)?([^/?#@:]*)/.exec(rest)?.[1]
        : rest.split("?")[0]?.split("@").at(-1);
    return domainName(name ?? "");
}

;// CONCATENATED MODULE: ./build/protocol/tlsrpt-record.js






function parseTlsrptRecord(text) {
    const { fields: written, defects } = readRecord(text, TLSRPT);
    const rua = [];
    const fields = written.map((field) => {
        const uris = field.name === "rua" ? uriList(field.value) : [];
        const wrong = uris.find((uri) => !isReportUri(uri));
        if (wrong !== undefined)
            defects.push(ruaDefect(wrong, field));
        else
            rua.push(...uris);
        const defect = field.name === "rua" ? undefined : extensionDefect(field, TLSRPT);
        if (defect)
            defects.push(defect);
        return { ...field, use: field.name === "rua" ? "applied" : field.name === "v" ? "duplicate" : "unknown" };
    });
    const missing = !written.some(({ name }) => name === "rua");
    if (missing && defects[0]?.code !== "version")
        defects.push(missingRua(text, fields));
    defects.sort((a, b) => a.span.startColumn - b.span.startColumn);
    if (defects.length > 0)
        return { kind: "invalid", defects };
    return { kind: "valid", record: { rua, usable: rua.filter(isUsableReportUri), fields } };
}
function selectTlsrptRecord(texts) {
    return selectRecord(texts, TLSRPT, parseTlsrptRecord);
}
function uriList(value) {
    const parts = value.split(",");
    return parts.map((part, index) => {
        const end = index === parts.length - 1 ? part.length : blanksStart(part, part.length);
        return part.slice(index === 0 ? 0 : blanksEnd(part, 0), end);
    });
}
function ruaDefect(uri, { span }) {
    if (uri === "")
        return recordDefect("rua-value", span, "The rua field has an empty place in its list of URIs", TLSRPT);
    const bare = /^[^@\s:]{1,64}@[^@\s:]{1,253}$/.test(uri) ? `rua=mailto:${uri}` : undefined;
    const what = `${quoted(uri)} is no URI with \`,\`, \`!\` and \`;\` percent-encoded`;
    return recordDefect("rua-value", span, `${what}${didYouMean(bare)}`, TLSRPT);
}
function missingRua(text, fields) {
    const slip = fields.find(({ name }) => name.toLowerCase() === "rua");
    const guess = didYouMean(slip && `rua=${slip.value}`);
    return recordDefect("rua-missing", slip?.span ?? spanOf(1, 0, text.length), `The record has no rua field${guess}`, TLSRPT);
}

;// CONCATENATED MODULE: ./build/judge/rules/tlsrpt-missing.js





const tlsrptMissing = defineRule({
    id: "tlsrpt-missing",
    title: "No TLS-RPT record asks senders for reports",
    cites: [cite("RFC 8460", "3")],
    applies: ({ policy }) => ["enforce", "testing"].includes(policyIn(policy.proposed)?.mode ?? ""),
    check: (inspection) => {
        const owner = `_smtp._tls.${inspection.policyDomain}`;
        const { proposal, evidence } = inspection;
        const { tlsrptRecords } = proposal.proposed;
        if (tlsrptRecords.kind === "unsaid" && evidence.tlsrptRecord.kind === "unobserved")
            return {
                missing: [
                    missing("tlsrptRecord", owner, `${owner} was not seen: ${whyUnseen(evidence.tlsrptRecord.because)}.`),
                ],
            };
        if (isThere(inspection))
            return {};
        const location = { kind: "dns", owner, type: "TXT" };
        const message = `${owner} has no TLS-RPT record, so nobody tells you when senders fail.`;
        return { findings: [{ level: "warning", message, location, facts: { owner } }] };
    },
});
function isThere({ proposal, evidence }) {
    const { tlsrptRecords } = proposal.proposed;
    if (tlsrptRecords.kind === "said") {
        const elsewhere = tlsrptRecords.value.some(({ type, data }) => type === "CNAME" || data === null);
        return elsewhere || selectTlsrptRecord(tlsrptRecords.value.flatMap(({ data }) => data ?? [])).kind !== "none";
    }
    const seen = evidence.tlsrptRecord;
    return (seen.kind === "observed" && seen.value.kind === "records" && selectTlsrptRecord(seen.value.records).kind !== "none");
}

;// CONCATENATED MODULE: ./build/judge/waiver.js
function isExpired({ until }, asOf) {
    return asOf.slice(0, 10) > until;
}
function waive(outcome, { policyDomain, asOf, settings }) {
    if (outcome.kind !== "failed" && outcome.kind !== "unknown")
        return outcome;
    const { rule } = outcome;
    const waiver = settings.waivers.find((one) => one.domain === policyDomain && one.rule === rule && !isExpired(one, asOf));
    const by = settings.off.includes(rule)
        ? { kind: "off" }
        : waiver && { kind: "waiver", reason: waiver.reason, until: waiver.until };
    return by ? { kind: "waived", rule, by, findings: outcome.findings ?? [] } : outcome;
}

;// CONCATENATED MODULE: ./build/judge/rules/waiver-expired.js



const waiverExpired = defineRule({
    id: "waiver-expired",
    title: "A waiver has run out",
    cites: [cite("RFC 8461", "5")],
    applies: ({ settings }) => settings.waivers.length > 0,
    check: ({ settings, policyDomain, asOf }) => ({
        findings: settings.waivers
            .filter((waiver) => waiver.domain === policyDomain && isExpired(waiver, asOf))
            .map(({ rule, until, location }) => ({
            level: "error",
            message: `The waiver of ${rule} for ${policyDomain} ran out at the end of ${until}; mend what it covered, or decide again.`,
            location,
            facts: { waived: rule, until },
        })),
    }),
});

;// CONCATENATED MODULE: ./build/judge/rules.js




































const rules = [
    policySyntax,
    policyFragile,
    policyMaxAgeShort,
    policyMaxAgeLong,
    policyMxUnused,
    policyMxBroad,
    recordSyntax,
    recordMultiple,
    recordFragile,
    recordMissing,
    recordIdUnchanged,
    recordIdUnneeded,
    recordIdUnknown,
    fetchFailed,
    fetchRedirected,
    fetchUntrusted,
    fetchInvalid,
    fetchMediaType,
    fetchSlow,
    fetchAddressesDiffer,
    fetchCertificateExpiring,
    deployedDrift,
    mxNotCovered,
    mxRefused,
    mxTlsOld,
    mxNoneAccepted,
    mxUnreachable,
    mxCertificateExpiring,
    mxAlias,
    mxImplicit,
    mxNull,
    rolloutEnforceUntested,
    rolloutMxNotCached,
    rolloutRemovedEarly,
    tlsrptMissing,
    waiverExpired,
];

;// CONCATENATED MODULE: ./build/world/deadline.js
const deadline_LONGEST = 2 ** 31 - 1;
function createDeadline(ms) {
    const parent = new AbortController();
    const start = performance.now();
    const remaining = () => (parent.signal.aborted ? 0 : Math.max(0, start + ms - performance.now()));
    const timer = setTimeout(() => parent.abort(), timerLength(ms));
    return {
        signal: parent.signal,
        expired: () => remaining() === 0,
        remaining,
        within: (limit, work, late) => waitAtMost(Math.min(limit, remaining()), parent.signal, { work, late }),
        close: () => {
            clearTimeout(timer);
            parent.abort();
        },
    };
}
function waitAtMost(ms, parent, { work, late }) {
    if (ms <= 0 || parent.aborted)
        return Promise.resolve().then(late);
    const child = new AbortController();
    return new Promise((resolve, reject) => {
        const settle = (end) => {
            clearTimeout(timer);
            parent.removeEventListener("abort", stop);
            end();
        };
        const stop = () => settle(() => {
            try {
                resolve(late());
            }
            catch (error) {
                reject(error);
            }
            child.abort();
        });
        const timer = setTimeout(stop, timerLength(ms));
        parent.addEventListener("abort", stop, { once: true });
        Promise.resolve(child.signal)
            .then(work)
            .then((value) => settle(() => resolve(value)), (error) => settle(() => reject(error)));
    });
}
function timerLength(ms) {
    return Math.min(Math.max(0, Math.ceil(ms)), deadline_LONGEST);
}

;// CONCATENATED MODULE: ./build/run/run-clock.js

const RUN = 180_000;
const PER_DOMAIN = 20;
const GRACE = 10_000;
function openRunClock(timeout) {
    const start = performance.now();
    const stop = new AbortController();
    const collecting = setTimeout(() => stop.abort(), timeout ?? RUN);
    let deadline;
    return {
        signal: stop.signal,
        judging: (domains) => {
            clearTimeout(collecting);
            deadline = createDeadline((timeout ?? RUN + PER_DOMAIN * domains) - (performance.now() - start));
            deadline.signal.addEventListener("abort", () => stop.abort(), { once: true });
            return deadline;
        },
        settled: (work) => settledSoon(work, stop.signal),
        remaining: () => deadline?.remaining() ?? Math.max(0, (timeout ?? RUN) - (performance.now() - start)),
        close: () => {
            clearTimeout(collecting);
            deadline?.close();
        },
    };
}
function settledSoon(work, late) {
    return new Promise((resolve, reject) => {
        let timer;
        const wait = () => {
            timer = setTimeout(() => reject(new Error("not finished when the time was up")), GRACE);
        };
        late.addEventListener("abort", wait, { once: true });
        if (late.aborted)
            wait();
        work.then(resolve, reject).finally(() => {
            clearTimeout(timer);
            late.removeEventListener("abort", wait);
        });
    });
}

;// CONCATENATED MODULE: ./build/run/tally.js

const WORST = ["blocked", "unknown", "ready"];
function openTally() {
    let [verdict, validUntil, touchesMail] = ["ready", null, false];
    const counts = { domains: 0, errors: 0, warnings: 0, unknowns: 0 };
    const suggested = new Set();
    return {
        add: (domain) => {
            verdict = WORST[Math.min(WORST.indexOf(verdict), WORST.indexOf(domain.verdict))] ?? "unknown";
            validUntil = earlier(validUntil, domain.validUntil);
            touchesMail ||= domain.touched.length > 0 || domain.verdict !== "ready";
            counts.domains += 1;
            counts.errors += countOf(domain, "error");
            counts.warnings += countOf(domain, "warning");
            counts.unknowns += Math.max(neededUnknowns(domain).length, Number(domain.verdict === "unknown"));
            if (domain.suggestedId !== null && suggested.size < 2)
                suggested.add(`${domain.policyDomain} ${domain.suggestedId}`);
        },
        sum: () => ({ verdict, validUntil, counts: { ...counts }, touchesMail, suggestedId: onlyId(suggested) }),
    };
}
const earlier = (a, b) => a === null || b === null ? (a ?? b) : Date.parse(b) < Date.parse(a) ? b : a;
function onlyId(suggested) {
    const [only, second] = suggested;
    return only === undefined || second !== undefined ? null : (only.split(" ")[1] ?? null);
}

;// CONCATENATED MODULE: ./build/run/change.js



const CERTIFICATE_EXPIRY = 14;
async function judgeChange(question, onVerdict, rooms) {
    const { options, event, runner, readBase } = question;
    const clock = openRunClock(options.timeout);
    try {
        const opening = rooms.openAt({ workspace: runner.workspace, event, readBase, signal: clock.signal });
        const opened = await clock.settled(opening);
        try {
            return await clock.settled(judgeOpened({ ...question, opened, clock }, onVerdict, rooms));
        }
        finally {
            opened.close();
        }
    }
    finally {
        clock.close();
    }
}
async function judgeOpened(question, onVerdict, rooms) {
    const { options, event, opened, clock, caText } = question;
    const known = rules.map(({ id }) => id);
    const collected = await rooms.collect(opened.repository, options, known);
    const deadline = clock.judging(collected.proposals.length + collected.mxOnly.length);
    const network = rooms.createNetwork({ options, deadline, ...(caText === undefined ? {} : { caText }) });
    const tally = openTally();
    const owed = new Set(collected.proposals.map(({ policyDomain }) => policyDomain));
    const asOf = now();
    for await (const domain of rooms.gate(docketOf(collected, event), network, now)) {
        owed.delete(domain.policyDomain);
        tally.add(domain);
        onVerdict(domain);
    }
    if (owed.size > 0)
        throw new Error(`${owed.size} of ${collected.proposals.length} domains got no verdict`);
    const sum = tally.sum();
    return { sum, timeLeft: clock.remaining(), run: runFacts({ question, collected, network, asOf }, sum) };
}
const now = () => new Date().toISOString();
function docketOf({ proposals, mxOnly, config, baseConfig }, { pullRequest }) {
    const { rules: settings, waivers, certificateExpiryDays } = pullRequest?.from === "fork" ? baseConfig : config;
    const off = Object.keys(settings);
    return {
        proposals,
        mxOnly,
        settings: { off, waivers, certificateExpiryDays: certificateExpiryDays ?? CERTIFICATE_EXPIRY },
    };
}
function runFacts({ question, collected, network, asOf }, sum) {
    const { opened, event, options } = question;
    const api = opened.apiHost === undefined ? [] : [{ purpose: "api", name: opened.apiHost, address: "", port: 443 }];
    return {
        verdict: sum.verdict,
        mode: "gate",
        asOf,
        validUntil: sum.validUntil,
        vantage: network.vantage(),
        contacts: [...network.contacts(), ...api],
        counts: sum.counts,
        commit: opened.repository.commit,
        base: opened.repository.baseCommit,
        notes: [...collected.notes, ...collected.loosened, ...opened.notes, ...notesOf(event, options)],
        rules: rules,
    };
}
function notesOf({ name, pullRequest }, { mode }) {
    const verify = "This version judges the push and does not verify afterwards that what is deployed equals the repository.";
    const config = "The pull request comes from a fork, so rules and waivers are those of the base's config.";
    return [...(name === "push" && mode === "auto" ? [verify] : []), ...(pullRequest?.from === "fork" ? [config] : [])];
}

;// CONCATENATED MODULE: ./build/run/report-file.js





const CHUNK = 65_536;
function openReportFile(workspace, path) {
    const target = (0,external_node_path_namespaceObject.resolve)(workspace, path);
    const temporary = (0,external_node_path_namespaceObject.join)((0,external_node_path_namespaceObject.dirname)(target), `.${(0,external_node_crypto_namespaceObject.randomUUID)()}.partial`);
    const file = attempt(path, () => {
        makeParents(workspace, target, (0,external_node_path_namespaceObject.isAbsolute)(path));
        clear(target);
        return (0,external_node_fs_namespaceObject.openSync)(temporary, external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_CREAT | external_node_fs_namespaceObject.constants.O_EXCL | external_node_fs_namespaceObject.constants.O_NOFOLLOW, 0o644);
    });
    let held = "";
    let failure;
    const flush = () => {
        try {
            if (failure === undefined)
                writeAll(file, held);
        }
        catch (error) {
            failure = error ?? new Error("write failed");
        }
        held = "";
    };
    return {
        path,
        write: (piece) => {
            held += piece;
            if (held.length > CHUNK)
                flush();
        },
        finish: () => {
            flush();
            attempt(path, () => {
                (0,external_node_fs_namespaceObject.closeSync)(file);
                if (failure !== undefined)
                    throw failure;
                (0,external_node_fs_namespaceObject.renameSync)(temporary, target);
            });
        },
        discard: () => (0,external_node_fs_namespaceObject.rmSync)(temporary, { force: true }),
    };
}
function attempt(path, action) {
    try {
        return action();
    }
    catch (error) {
        if (error instanceof OptionError)
            throw error;
        const { code } = error;
        throw report_file_refused(path, `cannot be written${code ? ` (${code})` : ""}`);
    }
}
const report_file_refused = (path, why) => new OptionError("report-file", `${path} ${why}, so there is no report`, { allowed: ["a path in the workspace"] });
function makeParents(workspace, target, absolute) {
    const inside = (0,external_node_path_namespaceObject.relative)(workspace, (0,external_node_path_namespaceObject.dirname)(target));
    const leaves = inside === ".." || inside.startsWith(`..${external_node_path_namespaceObject.sep}`) || (0,external_node_path_namespaceObject.isAbsolute)(inside);
    if (leaves && !absolute)
        throw report_file_refused(target, "is outside the workspace");
    if (leaves)
        return void (0,external_node_fs_namespaceObject.mkdirSync)((0,external_node_path_namespaceObject.dirname)(target), { recursive: true });
    let folder = workspace;
    for (const name of inside.split(external_node_path_namespaceObject.sep).filter(Boolean)) {
        folder = (0,external_node_path_namespaceObject.join)(folder, name);
        const found = (0,external_node_fs_namespaceObject.lstatSync)(folder, { throwIfNoEntry: false });
        if (found && !found.isDirectory())
            throw report_file_refused(target, "leads through a link or a file");
        if (!found)
            (0,external_node_fs_namespaceObject.mkdirSync)(folder);
    }
}
function clear(target) {
    const found = (0,external_node_fs_namespaceObject.lstatSync)(target, { throwIfNoEntry: false });
    if (found && !found.isFile())
        throw report_file_refused(target, "is a link or no file");
    if (found)
        (0,external_node_fs_namespaceObject.rmSync)(target);
}

;// CONCATENATED MODULE: ./build/config.js
const NO_CONFIG = {
    path: ".github/mta-sts-gate.yml",
    domains: [],
    policies: undefined,
    records: [],
    rules: {},
    waivers: [],
    certificateExpiryDays: undefined,
};

var dist = __nccwpck_require__(8815);
;// CONCATENATED MODULE: ./build/collect/config-node.js



const LARGEST = 256 * 1024;
const MOST_ALIASES = 32;
function parseConfig(path, text) {
    if (text.length > LARGEST)
        throw new CollectError(`the config file ${path} is larger than 256 KiB`, { location: at(path, TOP) });
    const lines = new dist/* LineCounter */.HN();
    const parsed = (0,dist/* parseDocument */.Tp)(text, { lineCounter: lines, uniqueKeys: false, version: "1.2" });
    const [error] = [...parsed.errors, ...parsed.warnings];
    if (error) {
        const [start, end] = error.linePos ?? [];
        const from = { startLine: start?.line ?? 1, startColumn: start?.col ?? 1 };
        const span = { ...from, endLine: end?.line ?? from.startLine, endColumn: end?.col ?? from.startColumn };
        throw new CollectError(`the config file is no YAML: ${(error.message.split("\n")[0] ?? "").slice(0, 200)}`, {
            location: at(path, span),
        });
    }
    let aliases = 0;
    const resolveAlias = (node) => {
        if (!(0,dist/* isAlias */.Vj)(node))
            return node;
        aliases += 1;
        return aliases > MOST_ALIASES ? null : (node.resolve(parsed) ?? null);
    };
    if (parsed.contents === null || ((0,dist/* isScalar */.jn)(parsed.contents) && parsed.contents.value === null))
        return undefined;
    return nodeAt({ path, lines, resolveAlias }, parsed.contents, { name: "the config file", fallback: at(path, TOP) });
}
function nodeAt(file, node, { name, fallback }) {
    const range = node?.range;
    const location = range ? at(file.path, config_node_spanOf(file.lines, range[0], range[1])) : fallback;
    return { file, node: node && file.resolveAlias(node), name, location };
}
function config_node_spanOf(lines, start, end) {
    const [from, to] = [lines.linePos(start), lines.linePos(Math.max(start, end))];
    return { startLine: from.line, startColumn: from.col, endLine: to.line, endColumn: to.col };
}
const at = (path, span) => ({ kind: "file", path, span });
function refuse({ name, location }, what, allowed = []) {
    const rest = allowed.length > 0 ? `; allowed: ${allowed.join(", ")}` : "";
    return new CollectError(`${name} ${what}${rest}`, { location });
}
function pairsOf(parent) {
    const { node, file, name } = parent;
    if (!(0,dist/* isMap */.jh)(node))
        throw refuse(parent, "is not a map of keys");
    const seen = new Set();
    return node.items.map(({ key, value }) => {
        const keyNode = nodeAt(file, key, { name, fallback: parent.location });
        if (!(0,dist/* isScalar */.jn)(keyNode.node) || typeof keyNode.node.value !== "string")
            throw refuse(keyNode, "has a key that is no text");
        const text = keyNode.node.value;
        if (seen.has(text))
            throw refuse(keyNode, `has the key ${text.slice(0, 64)} twice`);
        seen.add(text);
        const inner = nodeAt(file, value ?? null, {
            name: name === "the config file" ? text : `${name}.${text}`,
            fallback: keyNode.location,
        });
        return { ...inner, key: text, keyLocation: keyNode.location };
    });
}
function itemsOf(parent) {
    const { node, file, name, location } = parent;
    if (!(0,dist/* isSeq */.oP)(node))
        throw refuse(parent, "is not a list");
    return node.items.map((item, index) => nodeAt(file, item, { name: `${name}.${index + 1}`, fallback: location }));
}
function scalarOf({ node }) {
    return (0,dist/* isScalar */.jn)(node) ? node : undefined;
}
function isList({ node }) {
    return (0,dist/* isSeq */.oP)(node);
}
function config_node_textOf(node) {
    const value = scalarOf(node)?.value;
    if (typeof value !== "string" || value.trim() === "")
        throw refuse(node, "is not a text");
    return value;
}

;// CONCATENATED MODULE: ./build/collect/config.js



const KEYS = ["domains", "policies", "records", "rules", "waive", "certificate-expiry-days"];
const INPUTS_ONLY = ["allow-private-networks", "proxy", "resolver", "ca-file", "fail-on", "on-unknown"];
const NOT_BUILT = ["reports", "history", "deploy", "deploy-lag"];
function readConfig(path, text, knownRules) {
    const root = text === undefined ? undefined : parseConfig(path, text);
    if (!root)
        return { ...NO_CONFIG, path };
    const pairs = new Map(pairsOf(root).map((pair) => [config_admit(pair), pair]));
    const read = (key, reader) => {
        const pair = pairs.get(key);
        return pair && reader(pair);
    };
    return {
        path,
        domains: read("domains", domainsOf) ?? [],
        policies: read("policies", templateOf),
        records: read("records", globsOf) ?? [],
        rules: read("rules", (node) => rulesOf(node, knownRules)) ?? {},
        waivers: read("waive", (node) => itemsOf(node).map((item) => waiverOf(item, knownRules))) ?? [],
        certificateExpiryDays: read("certificate-expiry-days", daysOf),
    };
}
function config_admit(pair) {
    const { key, keyLocation: location } = pair;
    const name = key.slice(0, 64);
    if (INPUTS_ONLY.includes(key))
        throw refuse({ name, location }, "comes from inputs only; the config file may not set it");
    if (NOT_BUILT.includes(key))
        throw refuse({ name, location }, "is not built in this version; leave it out", KEYS);
    if (!KEYS.includes(key))
        throw refuse({ name, location }, "is no key of the config file", KEYS);
    return key;
}
function fieldsOf(parent, allowed) {
    const pairs = pairsOf(parent);
    const unknown = pairs.find(({ key }) => !allowed.includes(key));
    if (unknown)
        throw refuse({ name: parent.name, location: unknown.keyLocation }, `has no key ${unknown.key.slice(0, 64)}`, allowed);
    return new Map(pairs.map((pair) => [pair.key, pair]));
}
function domainsOf(node) {
    const domains = itemsOf(node).map((item) => (scalarOf(item) ? plainDomain(item) : fullDomain(item)));
    const seen = new Set();
    for (const { domain, location } of domains) {
        if (seen.has(domain))
            throw refuse({ name: node.name, location }, `names ${domain} twice; keep one of the two entries`);
        seen.add(domain);
    }
    return domains;
}
function plainDomain(node) {
    return { domain: domainOf(node), policy: undefined, records: undefined, record: undefined, location: node.location };
}
function fullDomain(node) {
    const fields = fieldsOf(node, ["domain", "policy", "records", "record"]);
    const [domain, policy, records, record] = ["domain", "policy", "records", "record"].map((key) => fields.get(key));
    if (!domain)
        throw refuse(node, "has no domain");
    return {
        domain: domainOf(domain),
        policy: policy && pathOf(policy),
        records: records && globsOf(records),
        record: record && recordOf(record),
        location: domain.location,
    };
}
function domainOf(node) {
    const name = domain_name_domainName(config_node_textOf(node));
    if (!name?.includes("."))
        throw refuse(node, "is no domain name such as example.com (A-labels)");
    return name;
}
function recordOf(node) {
    const word = scalarOf(node)?.value;
    if (word === "external")
        return { kind: "external" };
    if (scalarOf(node))
        throw refuse(node, "is no record", ["external", "{ id: … }"]);
    const id = fieldsOf(node, ["id"]).get("id");
    const scalar = id && scalarOf(id);
    const text = typeof scalar?.value === "number" ? (scalar.source ?? "") : scalar?.value;
    if (!id || typeof text !== "string" || !/^[A-Za-z0-9]{1,32}$/.test(text))
        throw refuse(id ?? node, "is no id: 1 to 32 letters and digits");
    return { kind: "id", id: text, location: id.location };
}
function globsOf(node) {
    return isList(node) ? itemsOf(node).map(pathOf) : [pathOf(node)];
}
function templateOf(node) {
    const template = pathOf(node);
    if (!template.includes("{domain}"))
        throw refuse(node, "has no {domain} in it, so every domain would have the same policy file");
    return template;
}
const REPOSITORY_PATH = /^(?!\/)(?!(.*\/)?\.\.(\/|$))[^\\\n]+$/;
function pathOf(node) {
    const path = config_node_textOf(node);
    if (!REPOSITORY_PATH.test(path))
        throw refuse(node, "is no path from the repository's root");
    return path.replace(/^(\.\/)+/, "");
}
function rulesOf(node, knownRules) {
    const rules = pairsOf(node).map((pair) => {
        if (!knownRules.includes(pair.key))
            throw refuse({ name: pair.name, location: pair.keyLocation }, "is no rule", knownRules);
        if (scalarOf(pair)?.value !== "off")
            throw refuse(pair, "has no such setting", ["off"]);
        return [pair.key, "off"];
    });
    return Object.fromEntries(rules);
}
function waiverOf(node, knownRules) {
    const keys = ["domain", "rule", "reason", "until"];
    const fields = fieldsOf(node, keys);
    const missing = keys.find((key) => !fields.has(key));
    if (missing)
        throw refuse(node, `has no ${missing}; a waiver says all of`, keys);
    const [domain, rule, reason, until] = keys.map((key) => fields.get(key));
    if (!knownRules.includes(config_node_textOf(rule)))
        throw refuse(rule, "is no rule", knownRules);
    return {
        domain: domainOf(domain),
        rule: config_node_textOf(rule),
        reason: config_node_textOf(reason),
        until: dateOf(until),
        location: node.location,
    };
}
function dateOf(node) {
    const text = config_node_textOf(node);
    const instant = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
    if (!instant || Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(text))
        throw refuse(node, "is no date such as 2027-01-31");
    return text;
}
function daysOf(node) {
    const value = scalarOf(node)?.value;
    if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 365)
        throw refuse(node, "is a number of days from 1 to 365");
    return value;
}

;// CONCATENATED MODULE: ./build/collect/policy-files.js



const POLICY_FILE = /(^|\/)\.well-known\/mta-sts\.txt$/;
async function findPolicyFiles(side) {
    const paths = [...side.paths].filter((path) => POLICY_FILE.test(path)).toSorted();
    return Promise.all(paths.map(async (path) => ({ path, domains: await domainsOfFile(side, path) })));
}
function siteFolder(path) {
    const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
    return folder.replace(/(^|\/)\.well-known$/, "");
}
function siteFile(path, name) {
    const folder = siteFolder(path);
    return folder === "" ? name : `${folder}/${name}`;
}
async function domainsOfFile(side, path) {
    const cname = await domainInCname(side, siteFile(path, "CNAME"));
    const folder = domainInFolders(siteFolder(path).split("/"));
    return [...new Set([cname, folder].filter((domain) => domain !== undefined))];
}
async function domainInCname(side, path) {
    const text = side.paths.has(path) ? await side.text(path) : undefined;
    const host = domain_name_domainName((text ?? "").replace(/^\uFEFF/, "").trim());
    return host?.startsWith("mta-sts.") ? policyDomainOf(host) : undefined;
}
function domainInFolders(folders) {
    const named = folders.toReversed().filter(looksLikeDomain);
    const chosen = named.find((folder) => folder.toLowerCase().startsWith("mta-sts.")) ?? named[0];
    return chosen === undefined ? undefined : policyDomainOf(chosen);
}
function looksLikeDomain(folder) {
    const name = domain_name_domainName(folder);
    return name !== undefined && /\.([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/.test(name) && policyDomainOf(name) !== undefined;
}
function policyDomainOf(name) {
    const domain = domain_name_domainName(name.toLowerCase().replace(/^mta-sts\./, ""));
    return domain?.includes(".") ? domain : undefined;
}
function settling(entries) {
    const lines = entries.map(({ domain, policy }) => `  - domain: ${domain}\n    policy: ${JSON.stringify(policy)}`);
    return ["# .github/mta-sts-gate.yml", "domains:", ...lines].join("\n");
}
function noDomain(path) {
    return new CollectError(`nothing says which domain the policy ${path} is for, so its mail cannot be judged`, {
        location: { kind: "file", path, span: TOP },
        remedy: settling([{ domain: "example.com", policy: path }]),
    });
}
function manyDomains({ path, domains }) {
    const named = domains.join(" and ");
    return new CollectError(`the CNAME file and the folders of the policy ${path} name two domains, ${named}; keep one`, {
        location: { kind: "file", path, span: TOP },
        remedy: settling(domains.slice(0, 1).map((domain) => ({ domain, policy: path }))),
    });
}
function manyFiles(domain, paths) {
    const [first = ""] = paths;
    return new CollectError(`${paths.slice(0, 5).join(" and ")} are both the policy of ${domain}; say which one is served`, {
        location: { kind: "file", path: first, span: TOP },
        remedy: settling([{ domain, policy: first }]),
    });
}

;// CONCATENATED MODULE: ./build/collect/claims.js




async function claimsOf(side, { options, config }) {
    const files = await findPolicyFiles(side);
    const found = byTold(files);
    const listed = listedDomains(options, config);
    const policy = inputPath(options.policy);
    if (listed) {
        const open = files.filter(({ domains }) => domains.length === 0);
        const claims = listed.map((entry) => [entry.domain, claimOf(entry, { config, policy, found, open })]);
        return { byDomain: new Map(claims), found, explicit: true };
    }
    if (policy !== undefined) {
        const domain = theDomain({ path: policy, domains: await domainsOfFile(side, policy) });
        const claim = { path: policy, named: { kind: "input", name: "policy" } };
        return { byDomain: new Map([[domain, claim]]), found, explicit: true };
    }
    const byDomain = new Map();
    for (const file of files) {
        const domain = theDomain(file);
        const other = byDomain.get(domain)?.path;
        if (other !== undefined)
            throw manyFiles(domain, [other, file.path]);
        byDomain.set(domain, { path: file.path, named: undefined });
    }
    return { byDomain, found, explicit: false };
}
async function lenientClaims(side, ask) {
    try {
        return await claimsOf(side, ask);
    }
    catch (error) {
        if (!(error instanceof CollectError))
            throw error;
        const found = byTold(await findPolicyFiles(side));
        const byDomain = new Map();
        for (const domain of found.keys()) {
            const path = foundFor(found, domain);
            if (path !== undefined)
                byDomain.set(domain, { path, named: undefined });
        }
        return { byDomain, found, explicit: false };
    }
}
function byTold(files) {
    const found = new Map();
    for (const file of files)
        for (const domain of file.domains)
            found.set(domain, [...(found.get(domain) ?? []), file]);
    return found;
}
function foundFor(found, domain) {
    const [file, ...more] = found.get(domain) ?? [];
    return file?.domains.length === 1 && more.length === 0 ? file.path : undefined;
}
function theDomain(file) {
    const [domain, ...more] = file.domains;
    if (!domain)
        throw noDomain(file.path);
    if (more.length > 0)
        throw manyDomains(file);
    return domain;
}
function listedDomains(options, config) {
    const named = (options.domain ?? "").split(/[\s,]+/).filter((text) => text !== "");
    if (named.length === 0)
        return config.domains.length > 0 ? config.domains : undefined;
    return named.map((text) => {
        const domain = domain_name_domainName(text);
        if (!domain?.includes("."))
            throw new OptionError("domain", "is no domain name such as example.com (A-labels)");
        const entry = config.domains.find((one) => one.domain === domain);
        return (entry ?? {
            domain,
            policy: undefined,
            records: undefined,
            record: undefined,
            location: { kind: "input", name: "domain" },
        });
    });
}
function inputPath(text) {
    if (text === undefined)
        return undefined;
    if (!REPOSITORY_PATH.test(text))
        throw new OptionError("policy", "is a path from the repository's root, such as .well-known/mta-sts.txt");
    return text.replace(/^(\.\/)+/, "");
}
function claimOf({ domain, policy: own, location }, { config, policy, found, open }) {
    const path = (policy ?? own ?? config.policies)?.replaceAll("{domain}", domain);
    if (path !== undefined)
        return { path, named: policy === undefined ? location : { kind: "input", name: "policy" } };
    const mine = found.get(domain) ?? [];
    if (mine.length > 1)
        throw manyFiles(domain, mine.map((file) => file.path));
    if (mine[0])
        return { path: mine[0].path, named: undefined };
    if (open.length <= 1)
        return { path: open[0]?.path, named: undefined };
    throw new CollectError(`${open.length} policy files name no domain, so nothing says which one is the policy of ${domain}`, {
        location,
        remedy: settling(open.slice(0, 1).map(({ path: first }) => ({ domain, policy: first }))),
    });
}

;// CONCATENATED MODULE: ./build/collect/config-files.js



async function readConfigs(sides, options, knownRules) {
    const { proposed, base, changed } = sides;
    const path = (options.config ?? NO_CONFIG.path).replace(/^(\.\/)+/, "");
    if (options.config !== undefined && !proposed.paths.has(path) && !base.paths.has(path))
        throw new OptionError("config", "names a file that git does not track, and only tracked files are read");
    const config = readConfig(path, await textAt(proposed, path), knownRules);
    const notes = [];
    const twin = path.replace(/\.yml$/, ".yaml");
    if (!proposed.paths.has(path) && twin !== path && proposed.paths.has(twin))
        notes.push(`The config file is looked for at ${path}; the file ${twin} is not read.`);
    if (!changed.has(path))
        return { config, baseConfig: config, notes };
    return { config, ...(await baseConfigOf(sides, path, knownRules)), notes };
}
async function baseConfigOf({ base }, path, knownRules) {
    try {
        return { baseConfig: readConfig(path, await textAt(base, path), knownRules) };
    }
    catch (error) {
        if (error instanceof CollectError)
            return { baseConfig: { ...NO_CONFIG, path } };
        throw error;
    }
}
const textAt = ({ paths, text }, path) => paths.has(path) ? text(path) : Promise.resolve(undefined);

;// CONCATENATED MODULE: ./build/collect/record-set.js
function recordSet(sources) {
    const owners = new Map();
    const zones = new Map();
    const delegated = new Set();
    const seen = new Set();
    for (const { path, format, reading } of sources) {
        for (const record of reading.records) {
            const key = JSON.stringify(record);
            if (seen.has(key))
                continue;
            seen.add(key);
            const others = owners.get(record.owner);
            if (others)
                others.push(record);
            else
                owners.set(record.owner, [record]);
        }
        for (const name of reading.delegated)
            delegated.add(name);
        for (const { name, whole } of reading.zones) {
            const zone = zones.get(name) ?? { whole: false, paths: [] };
            zones.set(name, zone);
            const answers = whole && format.complete;
            zone.whole ||= answers;
            if (answers)
                zone.paths.push(path);
        }
    }
    return {
        owners,
        zones: new Set(zones.keys()),
        find: (owner, types) => (owners.get(owner) ?? []).filter(({ type }) => types.includes(type)),
        zoneOf: (owner) => {
            for (const name of suffixes(owner)) {
                const zone = zones.get(name);
                if (zone)
                    return { name, ...zone };
                if (delegated.has(name))
                    return undefined;
            }
            return undefined;
        },
    };
}
function* suffixes(owner) {
    yield owner;
    for (let at = 0; at < owner.length; at += 1) {
        if (owner[at] === "\\")
            at += 1;
        else if (owner[at] === ".")
            yield owner.slice(at + 1);
    }
}
const LONGEST_CHAIN = 8;
function textRecords({ find }, owner) {
    const records = new Set();
    let name = owner;
    for (let step = 0; name !== null && step < LONGEST_CHAIN; step += 1) {
        const here = find(name, ["TXT", "CNAME"]);
        for (const record of here)
            records.add(record);
        name = here.find(({ type }) => type === "CNAME")?.data ?? null;
    }
    return [...records];
}
function wildcardAnswersMx({ find, owners }, owner) {
    if (owners.has(owner) || owners.has(`_mta-sts.${owner}`) || owners.has(`_smtp._tls.${owner}`))
        return false;
    return [...suffixes(owner)].slice(1).some((parent) => find(`*.${parent}`, ["MX"]).length > 0);
}

;// CONCATENATED MODULE: ./build/collect/domain-records.js




function recordsOf(domain, sides) {
    for (const owner of [domain, `_mta-sts.${domain}`])
        refuseTwoZones(sides.proposed.set, owner);
    const sts = stsRecords(domain, sides);
    const tlsrpt = inFiles(`_smtp._tls.${domain}`, sides, TEXT);
    const mx = inFiles(domain, sides, MX);
    return {
        proposed: { stsRecords: sts.proposed, tlsrptRecords: tlsrpt.proposed, mxRecords: mx.proposed },
        base: { stsRecords: sts.base, tlsrptRecords: tlsrpt.base, mxRecords: mx.base },
    };
}
function stsRecords(domain, sides) {
    const owner = `_mta-sts.${domain}`;
    const { recordId } = sides.options;
    const files = inFiles(owner, sides, TEXT);
    if (recordId !== undefined)
        return { proposed: said([stsRecord(owner, recordId, { kind: "input", name: "record-id" })]), base: UNSAID };
    const after = outright(entryOf(sides.proposed.config, domain), owner);
    const before = outright(entryOf(sides.base.config, domain), owner);
    if (after?.kind === "said")
        refuseContradiction(after.value, files.proposed);
    return { proposed: after ?? files.proposed, base: before ?? files.base };
}
const entries = new WeakMap();
function entryOf(config, domain) {
    const index = entries.get(config) ?? new Map(config.domains.map((entry) => [entry.domain, entry]));
    entries.set(config, index);
    return index.get(domain);
}
function outright(entry, owner) {
    if (entry?.record === undefined)
        return undefined;
    return entry.record.kind === "external" ? UNSAID : said([stsRecord(owner, entry.record.id, entry.record.location)]);
}
function stsRecord(owner, id, location) {
    return { owner, type: "TXT", data: `v=STSv1; id=${id}`, ttl: null, location };
}
function inFiles(owner, sides, { find, open }) {
    const [after, before] = [find(sides.proposed.set, owner), find(sides.base.set, owner)];
    const absent = (set) => set.zoneOf(owner)?.whole === true && !open(set, owner);
    return {
        proposed: after.length > 0 || before.length > 0 || absent(sides.proposed.set) ? said(after) : UNSAID,
        base: before.length > 0 || absent(sides.base.set) || (after.length > 0 && holdsPart(sides.base.set, owner))
            ? said(before)
            : UNSAID,
    };
}
const TEXT = { find: textRecords, open: () => false };
const MX = { find: (set, owner) => set.find(owner, ["MX"]), open: wildcardAnswersMx };
const holdsPart = (set, owner) => set.zoneOf(owner) !== undefined;
const said = (value) => ({ kind: "said", value });
function refuseTwoZones(set, owner) {
    const zone = set.zoneOf(owner);
    const [first, second] = zone?.paths ?? [];
    if (zone && first !== undefined && second !== undefined)
        throw new CollectError(`${first} and ${second} both hold the zone ${zone.name}; say in \`records\` which one senders see`, {
            location: { kind: "file", path: second, span: TOP },
            remedy: `# .github/mta-sts-gate.yml\nrecords: ${JSON.stringify(first)}`,
        });
}
function refuseContradiction(outrightRecords, files) {
    const [mine] = outrightRecords;
    const other = files.kind === "said"
        ? files.value.find(({ type, data }) => type === "TXT" && data?.startsWith("v=STSv1"))
        : undefined;
    if (!mine || !other || domain_records_idOf(mine) === domain_records_idOf(other))
        return;
    throw new CollectError("the config names one record id and a record file another; keep one of the two", {
        location: mine.location,
        remedy: "Take `record` out of the config, so that the record file counts.",
    });
}
const domain_records_idOf = ({ data }) => /;\s*id\s*=\s*([A-Za-z0-9]+)/.exec(data ?? "")?.[1];
function domainsWithRecord({ owners }) {
    return [...owners]
        .filter(([owner, records]) => owner.startsWith("_mta-sts.") && records.some(({ type }) => type !== "MX"))
        .map(([owner]) => owner.slice("_mta-sts.".length));
}

;// CONCATENATED MODULE: ./build/collect/loosened.js
function loosenedBy(config, baseConfig) {
    const off = Object.keys(config.rules)
        .filter((rule) => baseConfig.rules[rule] === undefined)
        .map((rule) => `The rule ${rule} is switched off by this change.`);
    const waived = config.waivers
        .filter((waiver) => !baseConfig.waivers.some(({ domain, rule, until }) => domain === waiver.domain && rule === waiver.rule && until >= waiver.until))
        .map(({ domain, rule, until }) => `The rule ${rule} is waived for ${domain} until ${until} by this change.`);
    const dropped = config.domains.length > 0 ? baseConfig.domains : [];
    const unlisted = dropped
        .filter(({ domain }) => !config.domains.some((entry) => entry.domain === domain))
        .map(({ domain }) => `The domain ${domain} is no longer listed after this change.`);
    return [...off, ...waived, ...unlisted, ...records(config, baseConfig), ...expiry(config, baseConfig)];
}
function records(config, baseConfig) {
    return baseConfig.records
        .filter((glob) => !config.records.includes(glob))
        .map((glob) => `Record files at ${glob} are no longer read after this change.`);
}
function expiry({ certificateExpiryDays: after }, { certificateExpiryDays: before }) {
    return (after ?? 14) < (before ?? 14)
        ? [`Expiring certificates are warned about ${after ?? 14} days ahead, no longer ${before ?? 14}.`]
        : [];
}

;// CONCATENATED MODULE: ./build/collect/formats/zonefile/name.js
const PLACEHOLDER = /\{\{|\{%|\$\{|<%|@@\w+@@|%%\w+%%/;
function zoneName(raw, origin) {
    if (PLACEHOLDER.test(raw))
        return { kind: "placeholder" };
    if (raw === "@")
        return origin === null ? { kind: "unknown" } : { kind: "name", name: origin };
    if (raw === ".")
        return { kind: "name", name: "" };
    const labels = labelsOf(raw);
    if (labels === undefined)
        return { kind: "malformed" };
    const absolute = labels.at(-1) === "";
    const relative = (absolute ? labels.slice(0, -1) : labels).join(".");
    if (absolute)
        return { kind: "name", name: relative };
    if (origin === null)
        return { kind: "unknown" };
    return { kind: "name", name: origin === "" ? relative : `${relative}.${origin}` };
}
function labelsOf(raw) {
    const labels = [""];
    for (let at = 0; at < raw.length; at += 1) {
        const char = raw[at];
        if (char === ".")
            labels.push("");
        else {
            const escape = char === "\\" ? escapeAt(raw, at) : { char, length: 1 };
            if (!escape)
                return undefined;
            labels.push(`${labels.pop()}${escape.char === "." ? "\\." : escape.char.toLowerCase()}`);
            at += escape.length - 1;
        }
    }
    const inner = labels.at(-1) === "" ? labels.slice(0, -1) : labels;
    return inner.length > 0 && inner.every((label) => label !== "" && label.length <= 63) ? labels : undefined;
}
function escapeAt(raw, at) {
    const next = raw[at + 1];
    if (next === undefined)
        return undefined;
    if (!/[0-9]/.test(next))
        return { char: next, length: 2 };
    const digits = /^[0-9]{3}/.exec(raw.slice(at + 1, at + 4))?.[0];
    return digits !== undefined && Number(digits) < 256
        ? { char: String.fromCharCode(Number(digits)), length: 4 }
        : undefined;
}
const NOT_A_DOMAIN = /\.(zone|db|txt|inc|include|conf|cfg|hosts|dns|bind|local|in|j2|tmpl|tpl|md|json|ya?ml|tf|key|signed)$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59}|(\d{1,3}\.)*in-addr\.arpa)$/;
function originOfPath(path) {
    const file = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
    const stem = file.replace(/^(db|zone|pri|named)\./, "").replace(/\.(zone|db|txt)$/, "");
    return DOMAIN.test(stem) && !NOT_A_DOMAIN.test(stem) ? stem : null;
}
function within(name, zone) {
    return zone === "" || name === zone || name.endsWith(`.${zone}`);
}

;// CONCATENATED MODULE: ./build/collect/formats/zonefile/rdata.js

function isDataType(type) {
    return type === "TXT" || type === "MX" || type === "CNAME";
}
function recordData(type, tokens, { origin, at }) {
    const span = rdata_spanOf(tokens) ?? at;
    if (tokens.length === 0)
        return { kind: "fault", message: `${type} without data`, span };
    if (tokens[0]?.raw === "\\#")
        return { kind: "undetermined", why: "the data is in the generic notation of RFC 3597", span };
    const placeholder = tokens.find(({ raw }) => PLACEHOLDER.test(raw));
    if (placeholder)
        return { kind: "undetermined", why: filledIn(placeholder.raw), span: type === "MX" ? placeholder.span : span };
    if (type === "TXT")
        return textData(tokens, span);
    return type === "MX" ? mxData(tokens, { origin, span }) : cnameData(tokens, { origin, span });
}
function textData(tokens, span) {
    const strings = tokens.map(({ raw }) => characterString(raw));
    const bad = strings.indexOf(undefined);
    if (bad >= 0)
        return { kind: "fault", message: "a backslash that starts no escape", span: tokens[bad]?.span ?? span };
    const long = strings.some((text) => (text ?? "").length > 255);
    const data = strings.join("");
    return long
        ? { kind: "data", data, span, note: "a character-string has more than 255 octets, which BIND refuses to load" }
        : { kind: "data", data, span };
}
function mxData(tokens, { origin, span }) {
    const [preference, exchange] = tokens;
    if (!preference || !exchange || tokens.length > 2)
        return { kind: "fault", message: "an MX record is a preference and one host name", span };
    if (!/^[0-9]{1,5}$/.test(preference.raw) || Number(preference.raw) > 65_535)
        return { kind: "fault", message: "the preference of an MX record is a number up to 65535", span: preference.span };
    const name = targetName(exchange, origin);
    return name.kind === "data" ? { ...name, data: `${Number(preference.raw)} ${name.data}` } : name;
}
function cnameData(tokens, { origin, span }) {
    const [target] = tokens;
    if (!target || tokens.length > 1)
        return { kind: "fault", message: "a CNAME record is one host name", span };
    return targetName(target, origin);
}
function targetName({ raw, span }, origin) {
    const name = zoneName(raw, origin);
    if (name.kind === "name")
        return { kind: "data", data: name.name || ".", span };
    if (name.kind === "malformed")
        return { kind: "fault", message: "a host name that is none", span };
    return { kind: "undetermined", why: "the name is relative, and nothing says the zone's name: add $ORIGIN", span };
}
function characterString(raw) {
    let text = "";
    for (let at = 0; at < raw.length;) {
        const escape = raw[at] === "\\" ? escapeAt(raw, at) : { char: raw[at], length: 1 };
        if (!escape)
            return undefined;
        text += escape.char;
        at += escape.length;
    }
    return text;
}
function filledIn(raw) {
    const found = /\{\{.*?\}\}|\{%.*?%\}|\$\{.*?\}|<%.*?%>|@@\w+@@|%%\w+%%/.exec(raw.slice(0, 1024))?.[0] ?? "a placeholder";
    return `${found.slice(0, 64)} is filled in when the zone is deployed: point records at the rendered file`;
}
function rdata_spanOf(tokens) {
    const [first, last] = [tokens[0]?.span, tokens.at(-1)?.span];
    return first && last && { ...first, endLine: last.endLine, endColumn: last.endColumn };
}

;// CONCATENATED MODULE: ./build/collect/formats/zonefile/entry.js
const TYPES = new Set(("A AAAA AFSDB ALIAS ANAME APL CAA CDNSKEY CDS CERT CNAME CSYNC DHCID DLV DNAME DNSKEY DS DYNA DYNC EUI48 EUI64 HINFO HIP " +
    "HTTPS IPSECKEY ISDN KEY KX L32 L64 LOC LP LUA MB MG MINFO MR MX NAPTR NID NS NSAP NSEC NSEC3 NSEC3PARAM NULL NXT " +
    "OPENPGPKEY PTR PX RP RRSIG RT SIG SINK SMIMEA SOA SPF SRV SSHFP SVCB TA TALINK TLSA TXT URI WKS X25 ZONEMD").split(" "));
function knownType(type) {
    return TYPES.has(type) || /^TYPE[0-9]{1,5}$/.test(type);
}
const CLASS = /^(IN|CH|HS|CS|ANY|NONE|CLASS[0-9]{1,5})$/i;
const TTL = /^(?=[0-9])(?:[0-9]+[smhdw])*[0-9]*$/i;
const WHOLE_PLACEHOLDER = /^(\{\{.*\}\}|\$\{.*\}|@@\w+@@|%%\w+%%)$/;
function recordLine({ blankOwner, tokens }) {
    let at = blankOwner ? 0 : 1;
    let ttl = null;
    let recordClass = "IN";
    for (let seen = 0; seen < 2; seen += 1, at += 1) {
        const token = tokens[at];
        if (token === undefined || token.quoted)
            break;
        if (CLASS.test(token.raw))
            recordClass = token.raw.toUpperCase();
        else if (isTtl(token.raw))
            ttl = seconds(token.raw);
        else if (WHOLE_PLACEHOLDER.test(token.raw))
            ttl = "placeholder";
        else
            break;
    }
    const typeToken = tokens[at];
    if (typeToken === undefined || typeToken.quoted || !/^[A-Za-z][A-Za-z0-9-]*$/.test(typeToken.raw))
        return undefined;
    const owner = blankOwner ? undefined : tokens[0];
    return { owner, ttl, type: typeToken.raw.toUpperCase(), typeToken, data: tokens.slice(at + 1), class: recordClass };
}
const entry_UNITS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };
const isTtl = (text) => text.length <= 40 && TTL.test(text);
function seconds(text) {
    if (!isTtl(text))
        return null;
    let total = 0;
    for (const [, count, unit] of text.matchAll(/([0-9]+)([smhdw]?)/gi))
        total += Number(count) * entry_UNITS[(unit?.toLowerCase() || "s")];
    return total <= 2 ** 31 - 1 ? total : null;
}
function laterType(data) {
    const words = data.slice(0, 3).map(({ raw, quoted }) => (quoted ? "" : raw.toUpperCase()));
    const at = words.findIndex((word) => !CLASS.test(word) && !isTtl(word));
    const type = words[at] ?? "";
    return at >= 0 && knownType(type) ? type : undefined;
}

;// CONCATENATED MODULE: ./build/collect/formats/zonefile/generate.js
const MOST_STEPS = 1024;
function generateRange(text) {
    const [, start, stop, step] = /^([0-9]{1,9})-([0-9]{1,9})(?:\/([0-9]{1,9}))?$/.exec(text) ?? [];
    const range = { start: Number(start), stop: Number(stop), step: Number(step ?? 1) };
    return start !== undefined && range.start <= range.stop && range.step > 0 ? range : undefined;
}
function stepsOf({ start, stop, step }) {
    const count = Math.floor((stop - start) / step) + 1;
    return count <= MOST_STEPS ? Array.from({ length: count }, (_, index) => start + index * step) : undefined;
}
function substitute(template, value) {
    let known = true;
    const text = template.replaceAll(/\\\$|\$(?:\{(-?[0-9]{1,9})(?:,([0-9]{1,2})(?:,(.))?)?\})?/g, (whole, offset, width, base) => {
        if (whole === "\\$")
            return "$";
        const number = value + Number(offset ?? 0);
        const digits = written(number, base ?? "d");
        known &&= digits !== undefined && number >= 0;
        return (digits ?? "").padStart(Number(width ?? 0), "0");
    });
    return known ? text : undefined;
}
function written(value, base) {
    if (base === "d")
        return String(value);
    if (base === "o")
        return value.toString(8);
    if (base === "x")
        return value.toString(16);
    return base === "X" ? value.toString(16).toUpperCase() : undefined;
}

;// CONCATENATED MODULE: ./build/collect/formats/zonefile/zone.js

function newZone(context, origin) {
    return {
        context,
        origin,
        firstOrigin: null,
        owner: { kind: "unknown" },
        defaultTtl: null,
        lastTtl: null,
        soaMinimum: null,
        apexes: [],
        whole: true,
        records: [],
        defects: [],
        notes: new Set(),
        nameServers: new Set(),
        included: new Set(),
        left: { files: 256, characters: 16 * 1024 * 1024, generated: 16_384 },
    };
}
function inFile(path, span) {
    return { kind: "file", path, span };
}
function isOurs(owner) {
    return owner.kind === "name" && /^(_mta-sts|_smtp\._tls)(\.|$)/.test(owner.name);
}
function zone_defect(zone, location, { message, concerns }) {
    zone.whole = false;
    zone.defects.push({ location, message, concerns });
}
function undetermined(zone, path, { line, why }) {
    zone.whole = false;
    zone.notes.add(`${path}:${line}: ${why}`);
}
function noteDoubled(zone, name, { path, line }) {
    const { origin } = zone;
    if (origin && within(name, `${origin}.${origin}`))
        zone.notes.add(`${path}:${line}: the name has no final dot, so it is published as ${name}`);
}

;// CONCATENATED MODULE: ./build/collect/formats/zonefile/record.js




function record_readRecord(zone, path, entry) {
    const [first] = entry.tokens;
    if (!first)
        return;
    if (!entry.blankOwner)
        zone.owner = ownerName(zone, entry, first);
    const line = recordLine(entry);
    if (!line)
        return readUntyped(zone, path, entry);
    if (line.class !== "IN")
        return;
    if (typeof line.ttl === "number")
        zone.lastTtl = line.ttl;
    if (isDataType(line.type))
        addRecord(zone, path, { type: line.type, line });
    else if (line.type === "SOA")
        readSoa(zone, line);
    else if (line.type === "NS") {
        if (zone.owner.kind === "name")
            zone.nameServers.add(zone.owner.name);
    }
    else if (!knownType(line.type))
        readUnknownType(zone, path, line);
}
function ownerName(zone, entry, { raw }) {
    const name = zoneName(raw, zone.origin);
    if (name.kind === "placeholder" || name.kind === "malformed" || recordLine(entry)?.type !== "SOA")
        return name;
    const absolute = zoneName(`${raw}.`, null);
    const lenient = name.kind === "unknown" ? raw.includes(".") : raw.toLowerCase() === zone.origin;
    return lenient ? absolute : name;
}
function readSoa(zone, { data }) {
    zone.soaMinimum ??= seconds(data[6]?.raw ?? "");
    if (zone.owner.kind !== "name")
        return;
    zone.origin ??= zone.owner.name;
    if (!zone.apexes.includes(zone.owner.name))
        zone.apexes.push(zone.owner.name);
}
function readUntyped(zone, path, entry) {
    const span = record_spanOf(entry.tokens);
    if (entry.tokens.some(({ raw }) => PLACEHOLDER.test(raw)))
        return undetermined(zone, path, {
            line: span.startLine,
            why: "this line is only determined when the zone is rendered",
        });
    const message = entry.blankOwner
        ? "the line begins with a blank, so its first word is read as a record type, and it is none"
        : "the line has an owner and no record type";
    const foreign = !entry.blankOwner && zone.owner.kind === "name" && !isOurs(zone.owner);
    zone_defect(zone, inFile(path, span), { message, concerns: !foreign });
}
function readUnknownType(zone, path, { owner, typeToken, type, data }) {
    const later = owner === undefined ? laterType(data) : undefined;
    const location = inFile(path, typeToken.span);
    if (later)
        zone_defect(zone, location, {
            message: "the line begins with a blank, so its first word is read as a record type, and it is none",
            concerns: isDataType(later),
        });
    else if (isOurs(zone.owner))
        zone_defect(zone, location, { message: `${type.slice(0, 64)} is no record type`, concerns: true });
}
function addRecord(zone, path, { type, line }) {
    const { owner } = zone;
    const at = line.typeToken.span;
    const concerns = type === "MX" || isOurs(owner) || /^(_mta-sts|_smtp\._tls)(\.|$)/i.test(line.owner?.raw ?? "");
    if (owner.kind === "placeholder")
        return undetermined(zone, path, {
            line: at.startLine,
            why: "the owner is only determined when the zone is rendered",
        });
    if (owner.kind !== "name") {
        const message = owner.kind === "malformed"
            ? "the owner is no domain name"
            : "the owner is relative, and nothing says the zone's name: add $ORIGIN, or name the file after the zone";
        return zone_defect(zone, inFile(path, line.owner?.span ?? at), { message, concerns });
    }
    const found = recordData(type, line.data, { origin: zone.origin, at });
    if (found.kind === "fault")
        return zone_defect(zone, inFile(path, found.span), { message: found.message, concerns });
    const shown = { owner: owner.name, type, ttl: ttlOf(zone, line), location: inFile(path, found.span) };
    if (found.kind === "undetermined")
        zone.records.push({ ...shown, data: null, why: found.why });
    else
        zone.records.push({ ...shown, data: found.data });
    const place = { path, line: found.span.startLine };
    if (found.kind === "data" && found.note && isOurs(owner))
        zone.notes.add(`${path}:${place.line}: ${found.note}`);
    if (found.kind === "data" && type !== "TXT")
        noteDoubled(zone, found.data.replace(/^[0-9]+ /, ""), place);
    noteDoubled(zone, owner.name, place);
}
function ttlOf(zone, { ttl }) {
    return ttl === "placeholder" ? null : (ttl ?? zone.defaultTtl ?? zone.lastTtl ?? zone.soaMinimum);
}
function record_spanOf(tokens) {
    const first = tokens[0]?.span ?? { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
    const last = tokens.at(-1)?.span ?? first;
    return { ...first, endLine: last.endLine, endColumn: last.endColumn };
}

;// CONCATENATED MODULE: ./build/collect/formats/zonefile/token.js
function* zoneEntries(text) {
    const cursor = { text, at: text.startsWith("\uFEFF") ? 1 : 0, line: 1, lineStart: 0 };
    while (cursor.at < text.length) {
        const entry = readEntry(cursor);
        if (entry.tokens.length > 0 || entry.fault)
            yield entry;
    }
}
function tokensOf(text, span) {
    const entry = readEntry({ text: text.replaceAll(/[\r\n]/g, " "), at: 0, line: 1, lineStart: 0 });
    return { ...entry, tokens: entry.tokens.map((token) => ({ ...token, span })) };
}
function readEntry(cursor) {
    const { text } = cursor;
    const blankOwner = text[cursor.at] === " " || text[cursor.at] === "\t";
    const tokens = [];
    const open = [];
    let fault;
    while (cursor.at < text.length) {
        const char = text[cursor.at];
        if (char === "\n") {
            nextLine(cursor);
            if (open.length === 0 || fault)
                break;
        }
        else if (char === ";")
            skipComment(cursor);
        else if (char === "(")
            open.push(step(cursor));
        else if (char === ")") {
            const span = step(cursor);
            if (!open.pop())
                fault ??= { message: "a closing parenthesis that none opened", span };
        }
        else if (char === " " || char === "\t" || char === "\r")
            cursor.at += 1;
        else if (char === '"') {
            const token = readQuoted(cursor);
            if ("message" in token)
                fault ??= token;
            else
                tokens.push(token);
        }
        else
            tokens.push(readWord(cursor));
    }
    const unclosed = open.at(-1);
    if (unclosed)
        fault ??= { message: "a parenthesis that is never closed", span: unclosed };
    return { blankOwner, tokens, fault };
}
function readQuoted(cursor) {
    const { text } = cursor;
    const from = token_place(cursor);
    const start = cursor.at + 1;
    for (cursor.at = start; cursor.at < text.length && text[cursor.at] !== "\n"; cursor.at += 1) {
        if (text[cursor.at] === "\\" && text[cursor.at + 1] !== "\n")
            cursor.at += 1;
        else if (text[cursor.at] === '"') {
            const raw = text.slice(start, cursor.at);
            cursor.at += 1;
            return { raw, quoted: true, span: spanTo(from, cursor) };
        }
    }
    cursor.at = Math.min(cursor.at, text.length);
    return { message: "a quotation mark that is never closed on its line", span: spanTo(from, cursor) };
}
const ENDS_WORD = /[ \t\r\n;()"]/;
function readWord(cursor) {
    const { text } = cursor;
    const from = token_place(cursor);
    const start = cursor.at;
    while (cursor.at < text.length && !ENDS_WORD.test(text[cursor.at])) {
        const placeholder = placeholderAt(text, cursor.at);
        if (placeholder > 0)
            cursor.at += placeholder;
        else
            cursor.at += text[cursor.at] === "\\" && !/[\r\n]/.test(text[cursor.at + 1] ?? "\n") ? 2 : 1;
    }
    cursor.at = Math.min(cursor.at, text.length);
    return { raw: text.slice(start, cursor.at), quoted: false, span: spanTo(from, cursor) };
}
function placeholderAt(text, at) {
    if (text[at] !== "{" || !/[{%#]/.test(text[at + 1] ?? ""))
        return 0;
    return /^\{(\{.*?\}|%.*?%|#.*?#)\}/.exec(text.slice(at, at + 200))?.[0].length ?? 0;
}
function nextLine(cursor) {
    cursor.at += 1;
    cursor.line += 1;
    cursor.lineStart = cursor.at;
}
function skipComment(cursor) {
    const end = cursor.text.indexOf("\n", cursor.at);
    cursor.at = end < 0 ? cursor.text.length : end;
}
function step(cursor) {
    const from = token_place(cursor);
    cursor.at += 1;
    return spanTo(from, cursor);
}
const token_place = ({ line, at, lineStart }) => ({ line, column: at - lineStart + 1 });
function spanTo(from, cursor) {
    const to = token_place(cursor);
    return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

;// CONCATENATED MODULE: ./build/collect/formats/zonefile/directive.js







function readOrigin(zone, path, { tokens }) {
    const [, argument] = tokens;
    const span = record_spanOf(tokens);
    const name = zoneName(argument?.raw ?? "", zone.origin);
    if (name.kind === "name")
        zone.origin = name.name;
    else if (name.kind === "unknown" && argument?.raw.includes(".")) {
        zone.origin = argument.raw.toLowerCase();
        zone.notes.add(`${path}:${span.startLine}: $ORIGIN has no final dot and is read as ${zone.origin}.`);
    }
    else if (name.kind === "malformed")
        zone_defect(zone, inFile(path, span), { message: "$ORIGIN without a domain name", concerns: true });
    else {
        zone.origin = null;
        return undetermined(zone, path, {
            line: span.startLine,
            why: "the origin is only determined when the zone is rendered",
        });
    }
    zone.firstOrigin ??= zone.origin;
}
function readTtl(zone, path, { tokens }) {
    const text = tokens[1]?.raw ?? "";
    zone.defaultTtl = seconds(text);
    if (zone.defaultTtl === null && !PLACEHOLDER.test(text))
        zone_defect(zone, inFile(path, record_spanOf(tokens)), { message: "$TTL without a time", concerns: true });
}
function readGenerate(zone, path, { tokens, fault }) {
    const [, rangeToken, lhs] = tokens;
    const line = recordLine({ blankOwner: false, tokens: tokens.slice(2), fault });
    if (line && (!isDataType(line.type) || line.class !== "IN"))
        return;
    const range = generateRange(rangeToken?.raw ?? "");
    const [rhs, ...rest] = line?.data ?? [];
    if (!line || !range || !lhs || !rhs || rest.length > 0 || !isDataType(line.type)) {
        const message = "$GENERATE is a range, an owner, a type and its data, in quotes where it has blanks";
        return zone_defect(zone, inFile(path, record_spanOf(tokens)), { message, concerns: true });
    }
    const steps = stepsOf(range);
    const written = steps !== undefined && zone.left.generated >= steps.length;
    zone.left.generated -= steps?.length ?? 0;
    for (const step of written ? steps : [range.start]) {
        zone.owner = zoneName(substitute(lhs.raw, step) ?? "", zone.origin);
        const data = written ? generated(rhs, step) : undefined;
        if (data)
            addRecord(zone, path, { type: line.type, line: { ...line, data } });
        else
            notWritten(zone, path, { type: line.type, rhs });
    }
}
function generated(rhs, step) {
    const text = substitute(rhs.raw.replaceAll('\\"', '"'), step);
    const { tokens, fault } = tokensOf(text ?? "", rhs.span);
    return fault ? undefined : tokens;
}
function notWritten(zone, path, { type, rhs }) {
    const why = "$GENERATE writes more than this version writes out, or with a notation of its own";
    if (zone.owner.kind === "name" && (type === "MX" || isOurs(zone.owner)))
        zone.records.push({ owner: zone.owner.name, type, data: null, ttl: null, why, location: inFile(path, rhs.span) });
    undetermined(zone, path, { line: rhs.span.startLine, why });
}
const WORDS = new Set(["KEY", "NULL", "LOC", "SINK", "CERT", "RP"]);
function readsAsData(type, tokens) {
    const at = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
    if (isDataType(type))
        return recordData(type, tokens, { origin: "", at }).kind !== "fault";
    if (type === "A")
        return tokens.length === 1 && /^([0-9.]+|.*[{$%@].*)$/.test(tokens[0]?.raw ?? "");
    return tokens.length > 0 && !WORDS.has(type);
}

;// CONCATENATED MODULE: ./build/collect/formats/zonefile.js






const zonefile = {
    id: "zonefile",
    title: "BIND zone files",
    bestEffort: false,
    complete: true,
    recognises,
    read,
};
function recognises({ text }) {
    if (/^\s*([{[<]|---)/.test(text))
        return /^\s*\{[{%#]/.test(text) && /\sIN\s+[A-Z]+\s/.test(text);
    let [seen, fitting] = [0, 0];
    for (const entry of zoneEntries(text)) {
        if (seen === 200)
            break;
        seen += 1;
        if (isDirective(entry))
            fitting += /^\$(ORIGIN|TTL|INCLUDE|GENERATE)$/i.test(entry.tokens[0]?.raw ?? "") ? 1 : 0;
        else {
            const line = recordLine(entry);
            if (line && knownType(line.type) && (entry.fault || readsAsData(line.type, line.data)))
                fitting += 1;
        }
    }
    return seen === 0 ? /^\s*;/.test(text) : fitting > 0 && fitting * 2 >= seen;
}
async function read(file, context) {
    const fromPath = originOfPath(file.path);
    const zone = newZone(context, fromPath);
    await readEntries(zone, file, 0);
    const named = zone.apexes.length > 0 ? zone.apexes : [fromPath ?? zone.firstOrigin ?? ""].filter((name) => name !== "");
    return {
        zones: named.map((name) => ({ name, whole: zone.whole && zone.apexes.length > 0 })),
        delegated: [...zone.nameServers].filter((owner) => !named.includes(owner) && named.some((name) => within(owner, name))),
        records: zone.records,
        defects: zone.defects,
        notes: [...zone.notes],
        included: [...zone.included],
    };
}
async function readEntries(zone, { path, text }, depth) {
    for (const entry of zoneEntries(text)) {
        const [first] = entry.tokens;
        if (entry.fault)
            zone_defect(zone, inFile(path, entry.fault.span), { message: entry.fault.message, concerns: true });
        else if (first && isDirective(entry))
            await readDirective(zone, path, { entry, depth });
        else if (first && isTemplateLine(entry))
            undetermined(zone, path, { line: first.span.startLine, why: "a template decides what stands here" });
        else
            record_readRecord(zone, path, entry);
    }
}
const isDirective = ({ tokens, blankOwner }) => !blankOwner && tokens[0] !== undefined && !tokens[0].quoted && /^\$[A-Za-z]/.test(tokens[0].raw);
function isTemplateLine({ tokens }) {
    const raw = tokens[0]?.raw ?? "";
    return /^(\{%|\{#|<%)/.test(raw) || (tokens.length === 1 && PLACEHOLDER.test(raw));
}
async function readDirective(zone, path, { entry, depth }) {
    const name = (entry.tokens[0]?.raw ?? "").toUpperCase();
    if (name === "$ORIGIN")
        readOrigin(zone, path, entry);
    else if (name === "$TTL")
        readTtl(zone, path, entry);
    else if (name === "$GENERATE")
        readGenerate(zone, path, entry);
    else if (name === "$INCLUDE")
        await readInclude(zone, path, { entry, depth });
    else
        undetermined(zone, path, {
            line: record_spanOf(entry.tokens).startLine,
            why: "a directive that this version does not know",
        });
}
const DEEPEST = 8;
async function readInclude(zone, path, { entry, depth }) {
    const [, fileToken, originToken] = entry.tokens;
    const span = record_spanOf(entry.tokens);
    const fail = (message) => zone_defect(zone, inFile(path, span), { message, concerns: true });
    const wanted = fileToken?.raw ?? "";
    if (wanted === "")
        return fail("$INCLUDE without a file");
    if (PLACEHOLDER.test(wanted) || isOutside(wanted, path))
        return undetermined(zone, path, { line: span.startLine, why: "the included file is not in the repository" });
    const file = await findIncluded(zone, path, wanted);
    if (!file && /(^|\/)K[^/]*\.key$/.test(wanted))
        return;
    if (!file)
        return fail("the included file is not tracked by git at this commit");
    zone.left.files -= 1;
    zone.left.characters -= file.text.length;
    if (depth >= DEEPEST || zone.left.files < 0 || zone.left.characters < 0)
        return fail(`more than ${DEEPEST} levels, 256 files or 16 MiB of included files`);
    const { origin, owner } = zone;
    if (originToken) {
        const name = zoneName(originToken.raw, origin);
        zone.origin = name.kind === "name" ? name.name : null;
    }
    await readEntries(zone, file, depth + 1);
    zone.origin = origin ?? zone.apexes[0] ?? null;
    zone.owner = owner;
}
async function findIncluded(zone, path, wanted) {
    for (const candidate of [zonefile_joined(folderOf(path), wanted), zonefile_joined("", wanted)]) {
        const text = candidate === undefined ? undefined : await zone.context.include(candidate);
        if (candidate === undefined || text === undefined)
            continue;
        zone.included.add(candidate);
        return { path: candidate, text };
    }
    return undefined;
}
const isOutside = (wanted, path) => zonefile_joined(folderOf(path), wanted) === undefined;
const folderOf = (path) => path.slice(0, Math.max(0, path.lastIndexOf("/")));
function zonefile_joined(folder, wanted) {
    if (wanted.startsWith("/") || wanted.includes("\\"))
        return undefined;
    const parts = folder === "" ? [] : folder.split("/");
    for (const part of wanted.split("/")) {
        if (part === "..") {
            if (parts.pop() === undefined)
                return undefined;
        }
        else if (part !== "." && part !== "")
            parts.push(part);
    }
    return parts.join("/");
}

;// CONCATENATED MODULE: ./build/collect/formats.js

const FORMATS = [zonefile];

;// CONCATENATED MODULE: ./build/collect/record-files.js



async function readRecordFiles(sides, paths) {
    const { proposed, base, changed } = sides;
    const after = await readAll(paths.proposed, (path) => readFile(proposed, path));
    const before = await readAll(paths.base, (path) => {
        const same = after.get(path);
        const kept = same && !changed.has(path) && [...same.asked].every((asked) => !changed.has(asked));
        return kept ? Promise.resolve(same) : readFile(base, path);
    });
    const notes = new Set();
    const proposedSources = roots(after, (path) => {
        throw unknownFormat(path);
    });
    for (const { reading } of proposedSources) {
        const [broken] = reading.defects.filter(({ concerns }) => concerns);
        if (broken)
            throw new CollectError(`${broken.message}; what this file publishes is not known`, { location: broken.location });
        for (const note of [...reading.notes, ...reading.defects.map(defectNote)])
            notes.add(note);
    }
    const baseSources = roots(before, (path) => void notes.add(`${path} in the base is in no format that this version reads`));
    return { proposed: proposedSources, base: baseSources, notes: [...notes] };
}
const EMPTY = { source: "empty", asked: new Set() };
async function readFile(side, path) {
    const text = (await side.text(path)) ?? "";
    const file = { path, text };
    const format = FORMATS.find(({ recognises }) => recognises(file));
    if (text.trim() === "")
        return EMPTY;
    const asked = new Set();
    const include = (wanted) => {
        asked.add(wanted);
        return side.paths.has(wanted) ? side.text(wanted) : Promise.resolve(undefined);
    };
    return { source: format && { path, format, reading: await format.read(file, { include }) }, asked };
}
function roots(read, unknown) {
    const included = new Set([...read.values()].flatMap(({ source }) => (isRead(source) ? source.reading.included : [])));
    const sources = [];
    for (const [path, { source }] of read) {
        if (included.has(path))
            continue;
        if (isRead(source))
            sources.push(source);
        else if (source === undefined)
            unknown(path);
    }
    return sources;
}
const AT_ONCE = 64;
async function readAll(paths, read) {
    const found = new Map();
    for (let at = 0; at < paths.length; at += AT_ONCE) {
        const some = paths.slice(at, at + AT_ONCE);
        const these = await Promise.all(some.map(read));
        for (const [index, path] of some.entries())
            found.set(path, these[index]);
    }
    return found;
}
const isRead = (source) => source !== undefined && source !== "empty";
function defectNote({ location, message }) {
    return location.kind === "file" ? `${location.path}:${location.span.startLine}: ${message}` : message;
}
function unknownFormat(path) {
    const titles = FORMATS.map(({ title }) => title).join(", ");
    return new CollectError(`${path} is in no format of DNS records that this version reads (${titles}); take it out of \`records\``, {
        location: { kind: "file", path, span: TOP },
    });
}

;// CONCATENATED MODULE: ./build/collect/glob.js
const glob_LONGEST = 256;
const MOST_ALTERNATIVES = 64;
function globMatcher(glob) {
    const patterns = glob.length > glob_LONGEST ? [] : alternatives(glob).map(parts);
    return (path) => patterns.some((pattern) => fits(pattern, path));
}
function alternatives(glob) {
    const done = [];
    const open = [glob];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
        if (done.length + open.length > MOST_ALTERNATIVES)
            return [];
        const group = /\{([^{}]*,[^{}]*)\}/.exec(next);
        if (!group)
            done.push(next);
        else
            open.push(...(group[1] ?? "").split(",").map((choice) => next.replace(group[0], () => choice)));
    }
    return done;
}
function parts(pattern) {
    const found = [];
    for (let at = 0; at < pattern.length; at += 1) {
        const char = pattern[at];
        if (char === "?")
            found.push({ kind: "one" });
        else if (char !== "*")
            found.push({ kind: "char", char });
        else {
            const many = pattern[at + 1] === "*";
            while (pattern[at + 1] === "*")
                at += 1;
            const folders = many && pattern[at + 1] === "/" && (found.length === 0 || pattern[at - 2] === "/");
            if (folders)
                at += 1;
            found.push({ kind: folders ? "folders" : many ? "any" : "name" });
        }
    }
    return found;
}
function fits(pattern, path) {
    let reached = settle(pattern, new Set([0]), "/");
    for (const char of path) {
        const next = new Set();
        for (const place of reached) {
            const part = pattern[place];
            if (part?.kind === "any" || part?.kind === "folders" || (part?.kind === "name" && char !== "/"))
                next.add(place);
            else if (part?.kind === "char" ? part.char === char : part?.kind === "one" && char !== "/")
                next.add(place + 1);
        }
        if (next.size === 0)
            return false;
        reached = settle(pattern, next, char);
    }
    return reached.has(pattern.length);
}
function settle(pattern, reached, before) {
    const all = new Set(reached);
    for (const place of all) {
        const kind = pattern[place]?.kind;
        if (kind === "name" || kind === "any" || (kind === "folders" && before === "/"))
            all.add(place + 1);
    }
    return all;
}

;// CONCATENATED MODULE: ./build/collect/record-paths.js



function globsFor({ options, config }, entry) {
    return options.records.length > 0 ? options.records : (entry?.records ?? config.records);
}
function matching(paths, globs) {
    const matchers = [...new Set(globs)].map((glob) => globMatcher(glob.replace(/^(\.\/)+/, "")));
    return matchers.length === 0 ? [] : [...paths].filter((path) => matchers.some((matches) => matches(path))).toSorted();
}
function refuseIdleGlobs({ proposed, base }, globs, { options, config }) {
    for (const glob of globs) {
        if (matching(proposed.paths, [glob]).length > 0 || matching(base.paths, [glob]).length > 0)
            continue;
        const location = options.records.length > 0 ? { kind: "input", name: "records" } : { kind: "file", path: config.path, span: TOP };
        throw new CollectError(`the glob ${glob.slice(0, 200)} in \`records\` matches no file that git tracks`, {
            location,
        });
    }
}

;// CONCATENATED MODULE: ./build/collect/touched.js



function touchedBy(domain, { proposed, base }, around) {
    const policy = differs(proposed.policyFile, base.policyFile, sameFile);
    const found = [
        ["policy", policy],
        ["record", recordTouched({ proposed, base }, policy, around)],
        ["mx", differs(proposed.mxRecords, base.mxRecords, sameData)],
        ["tlsrpt", differs(proposed.tlsrptRecords, base.tlsrptRecords, sameRecords)],
        ["config", settingsTouched(domain, around)],
        ["publishing", publishingTouched({ proposed, base }, around)],
    ];
    return found.filter(([, touched]) => touched).map(([subject]) => subject);
}
function differs(proposed, base, same) {
    if (proposed.kind === "said" && base.kind === "said")
        return !same(proposed.value, base.value);
    return proposed.kind !== base.kind;
}
function sameFile(a, b) {
    return a === null || b === null ? a === b : sameOctets(a.octets, b.octets);
}
const sameData = (a, b) => keys(a, ({ owner, type, data, why }) => [owner, type, data, data === null ? why : ""]) ===
    keys(b, ({ owner, type, data, why }) => [owner, type, data, data === null ? why : ""]);
const sameRecords = (a, b) => sameData(a, b) && keys(a, ({ data, ttl }) => [data, ttl]) === keys(b, ({ data, ttl }) => [data, ttl]);
const keys = (records, key) => JSON.stringify(records.map((record) => JSON.stringify(key(record))).toSorted());
function recordTouched({ proposed, base }, policy, { idFromInput, changed }) {
    if (!idFromInput)
        return differs(proposed.stsRecords, base.stsRecords, sameRecords);
    return policy || [...changed].some(isWorkflow);
}
function isWorkflow(path) {
    return /^\.github\/(workflows|actions)\/.+\.ya?ml$/.test(path);
}
function publishingTouched({ proposed, base }, { changed, publisherChanged }) {
    const [after, before] = [touched_pathOf(proposed), touched_pathOf(base)];
    const paths = [after, before].filter((path) => path !== undefined);
    const named = paths.some((path) => SITE_FILES.some((name) => changed.has(siteFile(path, name))));
    return named || (paths.length === 2 && after !== before) || (paths.length > 0 && publisherChanged);
}
const SITE_FILES = ["CNAME", ".nojekyll", "_config.yml"];
const touched_pathOf = ({ policyFile }) => policyFile.kind === "said" ? policyFile.value?.path : undefined;
const settingsTouched = (domain, { config, baseConfig }) => config !== baseConfig && settingsOf(domain, config) !== settingsOf(domain, baseConfig);
function settingsOf(domain, config) {
    const entry = entryOf(config, domain);
    const record = entry?.record?.kind === "id" ? entry.record.id : entry?.record?.kind;
    const waivers = config.waivers
        .filter((waiver) => waiver.domain === domain)
        .map(({ rule, reason, until }) => [rule, reason, until]);
    const { policies, records, rules, certificateExpiryDays } = config;
    const own = entry && [entry.policy, entry.records, record];
    return JSON.stringify([own, policies, records, Object.keys(rules).toSorted(), waivers, certificateExpiryDays]);
}

;// CONCATENATED MODULE: ./build/collect/ground.js





async function openGround(sides, settings) {
    const { options, config, baseConfig } = settings;
    const wanted = everyGlob({ options, config });
    refuseIdleGlobs(sides, wanted, { options, config });
    const records = await readRecordFiles(sides, {
        proposed: matching(sides.proposed.paths, wanted),
        base: matching(sides.base.paths, [...wanted, ...everyGlob({ options, config: baseConfig })]),
    });
    const publisherChanged = await publishes(sides);
    return { ...settings, sides, records, publisherChanged, notes: records.notes.slice(0, 50), sets: new Map() };
}
function everyGlob(ask) {
    return [...new Set([...globsFor(ask), ...ask.config.domains.flatMap((entry) => globsFor(ask, entry))])];
}
function setsFor(ground, domain) {
    const { options, config, baseConfig, records, sides } = ground;
    const entry = (from) => domain === undefined ? undefined : entryOf(from, domain);
    const after = globsFor({ options, config }, entry(config));
    const own = globsFor({ options, config: baseConfig }, entry(baseConfig));
    const before = own.length > 0 ? own : after;
    const key = JSON.stringify([after, before]);
    const found = ground.sets.get(key) ?? {
        proposed: setOf(records.proposed, sides.proposed, after),
        base: setOf(records.base, sides.base, before),
    };
    ground.sets.set(key, found);
    return found;
}
function setOf(sources, { paths }, globs) {
    const chosen = new Set(matching(paths, globs));
    return recordSet(sources.filter(({ path }) => chosen.has(path)));
}
const PUBLISHER = /upload-pages-artifact|deploy-pages|gh-pages|static-web-apps|wrangler|pages-action|netlify|vercel|firebase|s3 sync|mta-sts/i;
async function publishes({ proposed, base, changed }) {
    const texts = [...changed].filter(isWorkflow).flatMap((path) => [proposed, base].map((side) => side.text(path)));
    return (await Promise.all(texts)).some((text) => text !== undefined && PUBLISHER.test(text));
}

;// CONCATENATED MODULE: ./build/collect/mx-only.js





function mxOnlyProposals(ground) {
    const { options, config, baseConfig, claims, sides } = ground;
    const { proposed, base } = setsFor(ground, undefined);
    const owners = new Set([...withMx(proposed.owners), ...withMx(base.owners)]);
    const unchanged = ground.records.proposed.length === 0 && ground.records.base.length === 0;
    return [...(unchanged ? [] : owners)].toSorted().flatMap((owner) => {
        const policyDomain = domain_name_domainName(owner);
        if (!policyDomain?.includes(".") ||
            claims.proposed.byDomain.has(policyDomain) ||
            claims.base.byDomain.has(policyDomain))
            return [];
        if (proposed.owners.has(`_mta-sts.${owner}`) || base.owners.has(`_mta-sts.${owner}`))
            return [];
        if (sameMx(proposed.find(owner, ["MX"]), base.find(owner, ["MX"])))
            return [];
        const records = recordsOf(policyDomain, {
            options: { ...options, recordId: undefined },
            proposed: { set: proposed, config },
            base: { set: base, config: baseConfig },
        });
        const [after, before] = [revision(records.proposed), revision(records.base)];
        const touched = touchedBy(policyDomain, { proposed: after, base: before }, { ...ground, changed: sides.changed, idFromInput: false });
        return [{ policyDomain, proposed: after, base: before, touched, baseSince: mx_only_NO_POLICY, ...UNREAD, notes: [] }];
    });
}
const UNREAD = {
    history: { states: [], complete: false, why: "the repository does not hold this domain's policy" },
    publishing: { proposed: [], base: [] },
};
const mx_only_NO_POLICY = { kind: "unknown", why: "the base holds no policy file for this domain" };
const revision = (records) => ({
    ...records,
    policyFile: UNSAID,
    stsRecords: UNSAID,
});
function* withMx(owners) {
    for (const [owner, records] of owners)
        if (records.some(({ type }) => type === "MX"))
            yield owner;
}
function sameMx(after, before) {
    const data = (records) => records
        .map((record) => JSON.stringify([record.data, record.why]))
        .toSorted()
        .join();
    return data(after) === data(before);
}

;// CONCATENATED MODULE: ./build/collect/policy-age.js


async function policyAge({ history }, { policyFile }) {
    const file = policyFile.kind === "said" ? policyFile.value : null;
    if (!file)
        return { kind: "unknown", why: "the base holds no policy file for this domain" };
    const { versions, complete } = await history(file.path);
    const other = versions.findIndex((version) => !sameMeaning(version, file));
    const oldest = versions[(other < 0 ? versions.length : other) - 1];
    if (!oldest)
        return { kind: "unknown", why: "git has no history of the policy file here; fetch-depth: 0 reads all of it" };
    if (other < 0 && !complete)
        return {
            kind: "unknown",
            why: "the clone is too shallow to tell since when; fetch-depth: 0 reads the whole history",
        };
    return { kind: "since", at: oldest.at };
}
function sameMeaning({ bytes }, { octets }) {
    if (bytes === null)
        return false;
    const [mine, other] = [parsePolicy(bytesOf(octets)), parsePolicy(bytes)];
    if (mine.kind === "valid" && other.kind === "valid")
        return samePolicy(mine.policy, other.policy);
    return mine.kind === other.kind && sameOctets(octets, octetsFrom(bytes));
}

;// CONCATENATED MODULE: ./build/collect/policy-sides.js





async function policyPaths(domain, sides, { proposed, base }) {
    const [claim, before] = [proposed.byDomain.get(domain), base.byDomain.get(domain)];
    const kept = claim === undefined && (await mayServe(sides.proposed, before?.path, domain)) ? before?.path : undefined;
    const after = tracked(sides.proposed, claim) ?? kept;
    const found = foundFor(base.found, domain);
    const inherited = (await mayServe(sides.base, claim?.path, domain)) ? claim?.path : undefined;
    const earlier = tracked(sides.base, before) ?? found ?? inherited;
    return { proposed: after, base: earlier, unlisted: kept !== undefined };
}
const tracked = ({ paths }, claim) => claim?.path !== undefined && paths.has(claim.path) ? claim.path : undefined;
async function mayServe(side, path, domain) {
    if (path === undefined || !side.paths.has(path))
        return false;
    const domains = await domainsOfFile(side, path);
    return domains.length === 0 || domains.includes(domain);
}
async function policySides(sides, { proposed, base }) {
    if (proposed === undefined && base === undefined)
        return { proposed: UNSAID, base: UNSAID };
    return { proposed: await sourceFile(sides.proposed, proposed), base: await sourceFile(sides.base, base) };
}
function unchangedPolicy({ changed }, { proposed, base }) {
    if (proposed === undefined || proposed !== base || changed.has(proposed))
        return undefined;
    const unread = { kind: "said", value: { path: proposed, octets: { encoding: "utf-8", data: "" } } };
    return { proposed: unread, base: unread };
}
async function sourceFile(side, path) {
    const bytes = path === undefined ? undefined : await side.bytes(path);
    return { kind: "said", value: path !== undefined && bytes ? { path, octets: octetsFrom(bytes) } : null };
}
function missingPolicy(domain, { path, named }) {
    return new CollectError(`the policy of ${domain} is named as ${path}, and git tracks no regular file there, before or after the change`, {
        ...(named ? { location: named } : {}),
        remedy: settling([{ domain, policy: ".well-known/mta-sts.txt" }]),
    });
}

;// CONCATENATED MODULE: ./build/collect/draft.js





async function draftOf(ground, domain) {
    const { options, config, baseConfig, claims, sides } = ground;
    const paths = await policyPaths(domain, sides, claims);
    const policy = unchangedPolicy(sides, paths) ?? (await policySides(sides, paths));
    const sets = setsFor(ground, domain);
    const records = recordsOf(domain, {
        options,
        proposed: { set: sets.proposed, config },
        base: { set: sets.base, config: baseConfig },
    });
    const proposed = { policyFile: policy.proposed, ...records.proposed };
    const base = { policyFile: policy.base, ...records.base };
    const claim = claims.proposed.byDomain.get(domain);
    const onlyNamed = claim?.named !== undefined && !draft_isThere(sides, claim.path);
    const byTemplate = options.policy === undefined && entryOf(config, domain)?.policy === undefined;
    if (claim && onlyNamed && !(byTemplate && holds(proposed.stsRecords)))
        throw missingPolicy(domain, claim);
    const touched = touchedBy(domain, { proposed, base }, { ...ground, changed: sides.changed, idFromInput: options.recordId !== undefined });
    return { policyDomain: domain, proposed, base, touched, notes: draft_notesOf(ground, domain, paths.unlisted), paths };
}
function draft_notesOf({ config }, domain, unlisted) {
    const external = entryOf(config, domain)?.record?.kind === "external";
    return [
        ...(unlisted ? [`The config no longer lists ${domain}, and its policy file is still there.`] : []),
        ...(external
            ? ["The _mta-sts record is published elsewhere, as the config says; its id is compared with what is live."]
            : []),
    ];
}
const draft_isThere = ({ proposed, base }, path) => path !== undefined && (proposed.paths.has(path) || base.paths.has(path));
const holds = (records) => records.kind === "said" && records.value.length > 0;
function saysSomething({ proposed, base }) {
    return [proposed, base].some(({ policyFile, stsRecords }) => (policyFile.kind === "said" && policyFile.value !== null) || holds(stsRecords));
}
const draft_AT_ONCE = 8;
const MOST_UNTOUCHED = 256;
async function finish(repository, sides, drafts) {
    const many = drafts.length > MOST_UNTOUCHED;
    const proposals = [];
    for (let at = 0; at < drafts.length; at += draft_AT_ONCE) {
        const some = drafts.slice(at, at + draft_AT_ONCE);
        proposals.push(...(await Promise.all(some.map((draft) => proposalOf(repository, sides, { draft, many })))));
    }
    return proposals;
}
async function proposalOf(repository, sides, { draft, many }) {
    const { paths, ...rest } = draft;
    const policy = await policySides(sides, paths);
    const base = { ...rest.base, policyFile: policy.base };
    const baseSince = many && rest.touched.length === 0 ? NOT_READ : await policyAge(repository, base);
    const proposed = { ...rest.proposed, policyFile: policy.proposed };
    return { ...rest, proposed, base, baseSince, history: NO_HISTORY, publishing: { proposed: [], base: [] } };
}
const NO_HISTORY = { states: [], complete: false, why: "the history was not read" };
const NOT_READ = {
    kind: "unknown",
    why: "the history of an untouched policy is not read among so many domains",
};

;// CONCATENATED MODULE: ./build/collect/side.js
async function openSides(repository) {
    const { proposed, base } = repository;
    const [changed, after, before] = await Promise.all([repository.changed(), proposed.list(), base.list()]);
    const fromProposed = remembered(proposed);
    const fromBase = remembered(base);
    const baseBytes = (path) => (changed.has(path) ? fromBase(path) : fromProposed(path));
    return {
        changed,
        proposed: sideOf("proposed", { paths: after.map(({ path }) => path), bytes: fromProposed }),
        base: sideOf("base", { paths: before.map(({ path }) => path), bytes: baseBytes }),
    };
}
function sideOf(name, { paths, bytes }) {
    const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    return {
        name,
        paths: new Set(paths),
        bytes,
        text: async (path) => {
            const found = await bytes(path);
            return found && decoder.decode(found);
        },
    };
}
function remembered(tree) {
    const kept = new Map();
    return (path) => {
        const found = kept.get(path) ?? tree.read(path);
        kept.delete(path);
        kept.set(path, found);
        const [oldest] = kept.keys();
        if (kept.size > 64 && oldest !== undefined)
            kept.delete(oldest);
        return found;
    };
}

;// CONCATENATED MODULE: ./build/collect/collect.js











async function collect(repository, options, knownRules) {
    const sides = await openSides(repository);
    const configs = await readConfigs(sides, options, knownRules);
    const { config, baseConfig } = configs;
    const earlier = baseConfig.domains.length > 0 || config.domains.length === 0 ? baseConfig : config;
    const claims = {
        proposed: await claimsOf(sides.proposed, { options, config }),
        base: await lenientClaims(sides.base, { options, config: earlier }),
    };
    const ground = await openGround(sides, { options, config, baseConfig, claims });
    const drafts = [];
    let spoken = false;
    for (const domain of collect_domainsOf(ground, claims, options)) {
        const draft = await draftOf(ground, domain);
        spoken ||= saysSomething(draft);
        if (options.all || draft.touched.length > 0)
            drafts.push(draft);
    }
    if (!spoken && options.ifNone === "error" && !hasZones(ground, options))
        throw nothingToJudge(options);
    return {
        config,
        baseConfig,
        proposals: spoken ? await finish(repository, sides, drafts) : [],
        mxOnly: claims.proposed.explicit ? [] : mxOnlyProposals(ground),
        notes: [...configs.notes, ...ground.notes],
        loosened: loosenedBy(config, baseConfig),
    };
}
function collect_domainsOf(ground, { proposed, base }, options) {
    const byInput = options.domain !== undefined || (options.policy !== undefined && proposed.explicit);
    if (byInput)
        return [...proposed.byDomain.keys()].toSorted();
    const earlier = proposed.explicit && !base.explicit ? [] : base.byDomain.keys();
    const claimed = [...proposed.byDomain.keys(), ...earlier];
    const { proposed: after, base: before } = setsFor(ground, undefined);
    const published = proposed.explicit ? [] : [after, before].flatMap(domainsWithRecord);
    const names = published.map(domain_name_domainName).filter((name) => name?.includes("."));
    return [...new Set([...claimed, ...names.filter((name) => name !== undefined)])].toSorted();
}
function hasZones(ground, { domain }) {
    if (domain !== undefined)
        return false;
    const { proposed, base } = setsFor(ground, undefined);
    return [proposed, base].some(({ zones }) => zones.size > 0);
}
function nothingToJudge(options) {
    const domain = options.domain ?? "example.com";
    return new CollectError("neither the change nor its base has a policy file or an _mta-sts record that git tracks, so there is nothing to judge; " +
        "where that is right, say if-none: ready", { remedy: settling([{ domain, policy: ".well-known/mta-sts.txt" }]) });
}

;// CONCATENATED MODULE: ./build/judge/consequence.js

function consequenceOf(inspection, verdict, outcomes) {
    switch (verdict) {
        case "blocked":
            return worst(outcomes)?.message ?? "An error is proven.";
        case "unknown": {
            const open = outcomes.flatMap((outcome) => (outcome.kind === "unknown" && outcome.needed ? outcome.missing : []));
            const [first] = open;
            return first ? `Nothing is proven wrong, but this is not known: ${first.message}` : "Nothing could be judged.";
        }
        case "ready":
            return whatSendersDo(inspection);
    }
}
function worst(outcomes) {
    const errors = outcomes.flatMap((outcome) => outcome.kind === "failed"
        ? outcome.findings.filter(({ level }) => level === "error").map((finding) => ({ rule: outcome.rule, finding }))
        : []);
    const first = ["mx-", "rollout-", "record-"].map((subject) => errors.find(({ rule }) => rule.startsWith(subject)));
    return (first.find((found) => found !== undefined) ?? errors[0])?.finding;
}
function whatSendersDo({ policy, deliveries, hosts, policyDomain }) {
    const mode = policyIn(policy.proposed)?.mode;
    if (mode === undefined)
        return `Senders deliver to ${policyDomain} without a policy.`;
    if (mode !== "enforce")
        return `Senders deliver to ${policyDomain} whatever its MX hosts show, because the policy says ${mode}.`;
    const after = deliveries.find(({ policy, mx }) => policy === "proposed" && mx === "proposed");
    const total = hosts.filter(({ proposed }) => proposed).length;
    if (after?.outcome === "delivers")
        return `Senders that enforce deliver to ${total === 1 ? "the MX host" : `all ${total} MX hosts`} of ${policyDomain}.`;
    return `Nothing in this change makes senders refuse an MX host of ${policyDomain} that they accept today.`;
}

;// CONCATENATED MODULE: ./build/judge/validity.js
function validUntil({ evidence, hosts }) {
    const judged = new Set(hosts.filter(({ after }) => after.verdict === "accepted").map(({ host }) => host));
    const mx = evidence.mxHosts
        .filter(({ host }) => judged.has(host))
        .flatMap(({ probes }) => (probes.kind === "observed" ? probes.value : []));
    const fetches = evidence.policyFetch.kind === "observed" ? evidence.policyFetch.value : [];
    const chains = [
        ...mx.map(({ session }) => (session.kind === "tls" ? session.chain : [])),
        ...fetches.map((fetch) => (fetch.kind === "response" ? fetch.response.chain : [])),
    ];
    const dates = chains
        .flatMap((chain) => chain.map(({ notAfter }) => notAfter))
        .sort((a, b) => Date.parse(a) - Date.parse(b));
    return dates[0] ?? null;
}

;// CONCATENATED MODULE: ./build/judge/judge.js






function judge(given) {
    const inspection = inspect(given);
    const { policyDomain, asOf, settings } = inspection;
    const outcomes = rules.map((rule) => waive(rule.judge(inspection), { policyDomain, asOf, settings }));
    const verdict = verdictOf(outcomes);
    const { suggestedId, record } = publication(inspection);
    return {
        policyDomain,
        verdict,
        touched: given.proposal.touched,
        deliveries: inspection.deliveries,
        rules: outcomes,
        consequence: consequenceOf(inspection, verdict, outcomes),
        suggestedId,
        recordToPublish: record,
        safeAfter: null,
        validUntil: validUntil(inspection),
        notChecked: notChecked(outcomes),
        notes: given.proposal.notes,
    };
}
function verdictOf(outcomes) {
    const proven = outcomes.some((outcome) => outcome.kind === "failed" && outcome.findings.some(({ level }) => level === "error"));
    if (proven)
        return "blocked";
    const open = outcomes.some((outcome) => outcome.kind === "unknown" && outcome.needed);
    return open || outcomes.length === 0 ? "unknown" : "ready";
}
function notChecked(outcomes) {
    const messages = outcomes.flatMap((outcome) => outcome.kind === "unknown" ? outcome.missing.map(({ message }) => message) : []);
    return [...new Set(messages)];
}

;// CONCATENATED MODULE: ./build/observe/egress.js
function settleEgress(mxHosts, { port25 }) {
    if (port25 === "open" || mxHosts.some(hasAnswer))
        return mxHosts;
    return mxHosts.map((seen) => wasTried(seen) ? { ...seen, probes: { kind: "unobserved", because: "egress-blocked" } } : seen);
}
function hasAnswer({ probes }) {
    return probes.kind === "observed" && probes.value.some((probe) => !isSilent(probe));
}
function wasTried({ probes }) {
    return (probes.kind === "observed" && probes.value.some(({ session }) => session.kind === "unreachable" || isCut(session)));
}
function isCut(session) {
    return session.kind === "unobserved" && (session.because === "timed-out" || session.because === "unreachable");
}
function isSilent({ session }) {
    return session.kind === "unobserved" || (session.kind === "unreachable" && session.step === "connect");
}

;// CONCATENATED MODULE: ./build/observe/observe.js



async function observe({ policyDomain, proposed }, network, at) {
    const said = proposed.mxRecords.kind === "said" ? proposed.mxRecords.value.flatMap((record) => mxHostOf(record) ?? []) : [];
    const mx = network.mx(policyDomain);
    const [stsRecord, tlsrptRecord, { policyHost, policyFetch }, live, mxHosts] = await Promise.all([
        network.txt(`_mta-sts.${policyDomain}`),
        network.txt(`_smtp._tls.${policyDomain}`),
        fetchEverywhere(policyDomain, network),
        mx,
        probeHosts({ mx, said, policyDomain }, network),
    ]);
    return {
        at,
        stsRecord,
        tlsrptRecord,
        mx: live,
        policyHost,
        policyFetch,
        mxHosts: settleEgress(mxHosts, network.vantage()),
    };
}
async function fetchEverywhere(policyDomain, network) {
    const host = domain_name_domainName(`mta-sts.${policyDomain}`);
    if (!host) {
        const policyHost = { addresses: { kind: "observed", value: [] }, cnames: [] };
        return { policyHost, policyFetch: nobody("the policy host's name is too long") };
    }
    const policyHost = await network.addresses(host);
    const { addresses } = policyHost;
    if (addresses.kind === "unobserved")
        return { policyHost, policyFetch: addresses };
    if (addresses.value.length === 0)
        return { policyHost, policyFetch: nobody(`${host} has no address`) };
    const attempts = addresses.value.map((address) => network.fetchPolicy(host, address));
    return { policyHost, policyFetch: { kind: "observed", value: await Promise.all(attempts) } };
}
function nobody(reason) {
    return { kind: "observed", value: [{ kind: "failed", address: "", reason }] };
}
async function probeHosts({ mx, said, policyDomain }, network) {
    const started = new Map(said.map((host) => [host, probeHost(host, network)]));
    for (const host of liveHosts(await mx, policyDomain))
        if (!started.has(host))
            started.set(host, probeHost(host, network));
    return Promise.all(started.values());
}
function liveHosts(mx, policyDomain) {
    if (mx.kind === "unobserved" || mx.value.kind === "null-mx")
        return [];
    return mx.value.kind === "records" ? mx.value.records.map(({ host }) => host) : [policyDomain];
}
async function probeHost(host, network) {
    const { addresses, cnames } = await network.addresses(host);
    const probes = addresses.kind === "unobserved"
        ? { kind: "unobserved", because: addresses.because }
        : { kind: "observed", value: await Promise.all(addresses.value.map((address) => network.probe(host, address))) };
    return { host, addresses, cnames, probes };
}

;// CONCATENATED MODULE: ./build/gate.js



const IN_FLIGHT = 256;
async function* gate(docket, network, now) {
    const { proposals, mxOnly, settings } = docket;
    const work = [
        ...proposals.map((proposal) => ({ proposal, always: true })),
        ...mxOnly.map((proposal) => ({ proposal, always: false })),
    ];
    const underWay = [];
    for (const { proposal, always } of work) {
        underWay.push(judgeOne(proposal, { always, settings, network, now }));
        if (underWay.length >= IN_FLIGHT)
            yield* gate_verdictOf(await underWay.shift());
    }
    while (underWay.length > 0)
        yield* gate_verdictOf(await underWay.shift());
}
function gate_verdictOf(verdict) {
    return verdict ? [verdict] : [];
}
async function judgeOne(proposal, { always, settings, network, now }) {
    if (!always && !(await mayHavePolicy(proposal, network)))
        return undefined;
    const asOf = now();
    const evidence = await observe(proposal, network, asOf);
    return judge({ proposal, evidence, asOf, settings });
}
async function mayHavePolicy({ policyDomain }, network) {
    const seen = await network.txt(`_mta-sts.${policyDomain}`);
    if (seen.kind === "unobserved")
        return true;
    return seen.value.kind === "records" && selectStsRecord(seen.value.records).kind !== "none";
}

;// CONCATENATED MODULE: ./build/world/contact-list.js
function createContactList() {
    const met = new Map();
    return {
        add: ({ purpose, name, address, port }) => {
            const key = [purpose, name, address, port].join(" ");
            if (!met.has(key))
                met.set(key, { purpose, name, address, port });
        },
        list: () => [...met.values()],
    };
}

;// CONCATENATED MODULE: external "node:dgram"
const external_node_dgram_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dgram");
;// CONCATENATED MODULE: external "node:net"
const external_node_net_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");
var dns_packet = __nccwpck_require__(4894);
;// CONCATENATED MODULE: ./build/world/dns-message.js
class WireError extends Error {
    name = "WireError";
}
const MOST_RECORDS = 512;
const MOST_POINTERS = 16;
const OPT = 41;
function readHeader(bytes) {
    if (bytes.length < 12)
        return undefined;
    return { id: uint16(bytes, 0), response: (bytes[2] ?? 0) >= 0x80 };
}
function readMessage(bytes) {
    const flags = uint16(bytes, 2);
    if ((flags & 0x7800) !== 0)
        throw new WireError("the answer is to another kind of request");
    const truncated = (flags & 0x0200) !== 0;
    const [questions, afterQuestions] = readSection(bytes, { offset: 12, count: uint16(bytes, 4) }, readQuestion);
    const head = { id: uint16(bytes, 0), response: (flags & 0x8000) !== 0, truncated, questions };
    if (truncated)
        return { ...head, rcode: flags & 15, answers: [], authorities: [] };
    const [answers, afterAnswers] = readSection(bytes, { offset: afterQuestions, count: uint16(bytes, 6) }, dns_message_readRecord);
    const [authorities, afterAll] = readSection(bytes, { offset: afterAnswers, count: uint16(bytes, 8) }, dns_message_readRecord);
    const [additionals] = readSection(bytes, { offset: afterAll, count: uint16(bytes, 10) }, dns_message_readRecord);
    const options = additionals.filter(({ type }) => type === OPT);
    if (options.length > 1)
        throw new WireError("the answer has more than one OPT record");
    return { ...head, rcode: (flags & 15) | (((options[0]?.ttl ?? 0) >>> 24) << 4), answers, authorities };
}
function readSection(bytes, { offset, count }, read) {
    if (count > MOST_RECORDS)
        throw new WireError(`the answer has more than ${MOST_RECORDS} records`);
    const values = [];
    let next = offset;
    for (let index = 0; index < count; index += 1) {
        const [value, after] = read(bytes, next);
        values.push(value);
        next = after;
    }
    return [values, next];
}
function readQuestion(bytes, offset) {
    const [name, next] = readName(bytes, offset);
    return [{ name, type: uint16(bytes, next), class: uint16(bytes, next + 2) }, next + 4];
}
function dns_message_readRecord(bytes, offset) {
    const [question, next] = readQuestion(bytes, offset);
    const start = next + 6;
    const end = start + uint16(bytes, next + 4);
    if (end > bytes.length)
        throw new WireError("a record runs past the end of the answer");
    return [{ ...question, ttl: uint16(bytes, next) * 0x10000 + uint16(bytes, next + 2), start, end }, end];
}
function readName(bytes, offset) {
    const labels = [];
    let at = offset;
    let next;
    let octets = 1;
    for (let pointers = 0;;) {
        const length = uint8(bytes, at);
        if (length === 0)
            return [labels.join("."), next ?? at + 1];
        if (length < 64) {
            octets += length + 1;
            if (octets > 255)
                throw new WireError("a name is longer than 255 octets");
            labels.push(labelText(bytes, at + 1, length));
            at += length + 1;
            continue;
        }
        const target = uint16(bytes, at) - 0xc000;
        pointers += 1;
        if (target < 0 || target >= at || pointers > MOST_POINTERS)
            throw new WireError("a name points nowhere");
        next ??= at + 2;
        at = target;
    }
}
function labelText(bytes, start, length) {
    uint8(bytes, start + length - 1); // throws when the label runs past the end
    return latin1(bytes, start, start + length)
        .replace(/[^A-Za-z0-9_-]/g, (char) => `\\${String(char.charCodeAt(0)).padStart(3, "0")}`)
        .toLowerCase();
}
function latin1(bytes, start, end) {
    let text = "";
    for (let at = start; at < end; at += 1)
        text += String.fromCharCode(bytes[at] ?? 0);
    return text;
}
function uint8(bytes, offset) {
    const value = bytes[offset];
    if (value === undefined)
        throw new WireError("the answer is cut short");
    return value;
}
function uint16(bytes, offset) {
    return uint8(bytes, offset) * 256 + uint8(bytes, offset + 1);
}

;// CONCATENATED MODULE: ./build/world/address-ranges.js
const REGISTRY_DATE = "2025-10-09";
const NOT_GLOBAL_IPV4 = [
    { range: "0.0.0.0/8", name: "this network" },
    { range: "10.0.0.0/8", name: "private use" },
    { range: "100.64.0.0/10", name: "shared address space" },
    { range: "127.0.0.0/8", name: "loopback" },
    { range: "169.254.0.0/16", name: "link-local" },
    { range: "172.16.0.0/12", name: "private use" },
    { range: "192.0.0.0/24", name: "IETF protocol assignments" },
    { range: "192.0.2.0/24", name: "documentation" },
    { range: "192.88.99.0/24", name: "deprecated 6to4 relay anycast" },
    { range: "192.168.0.0/16", name: "private use" },
    { range: "198.18.0.0/15", name: "benchmarking" },
    { range: "198.51.100.0/24", name: "documentation" },
    { range: "203.0.113.0/24", name: "documentation" },
    { range: "224.0.0.0/4", name: "multicast" },
    { range: "240.0.0.0/4", name: "reserved" },
];
const GLOBAL_UNICAST_IPV6 = "2000::/3";
const NOT_GLOBAL_IPV6 = [
    { range: "::/128", name: "unspecified" },
    { range: "::1/128", name: "loopback" },
    { range: "::/96", name: "IPv4-compatible" },
    { range: "::ffff:0:0/96", name: "IPv4-mapped" },
    { range: "::ffff:0:0:0/96", name: "IPv4-translated" },
    { range: "64:ff9b:1::/48", name: "local-use NAT64" },
    { range: "100::/64", name: "discard-only" },
    { range: "100:0:0:1::/64", name: "dummy prefix" },
    { range: "2001::/32", name: "Teredo" },
    { range: "2001:2::/48", name: "benchmarking" },
    { range: "2001::/23", name: "IETF protocol assignments" },
    { range: "2001:db8::/32", name: "documentation" },
    { range: "2002::/16", name: "6to4" },
    { range: "3fff::/20", name: "documentation" },
    { range: "5f00::/16", name: "segment routing identifiers" },
    { range: "fc00::/7", name: "unique local" },
    { range: "fe80::/10", name: "link-local" },
    { range: "fec0::/10", name: "deprecated site-local" },
    { range: "ff00::/8", name: "multicast" },
];
const NEVER = [
    { range: "169.254.169.254/32", name: "cloud metadata" }, // AWS, Azure, Google, Oracle, OpenStack and others
    { range: "169.254.170.2/32", name: "cloud metadata" }, // AWS ECS task credentials
    { range: "169.254.170.23/32", name: "cloud metadata" }, // AWS EKS pod identity
    { range: "169.254.169.253/32", name: "cloud metadata" }, // AWS resolver
    { range: "169.254.42.42/32", name: "cloud metadata" }, // Scaleway
    { range: "169.254.0.23/32", name: "cloud metadata" }, // Tencent
    { range: "168.63.129.16/32", name: "cloud metadata" }, // Azure WireServer: hosted runners are Azure machines
    { range: "100.100.100.200/32", name: "cloud metadata" }, // Alibaba
    { range: "192.0.0.192/32", name: "cloud metadata" }, // Oracle, classic
    { range: "fd00:ec2::/32", name: "cloud metadata" }, // AWS: ::254 metadata, ::253 resolver, ::23 pod identity
    { range: "fd20:ce::254/128", name: "cloud metadata" }, // Google
    { range: "fd00:c1::a9fe:a9fe/128", name: "cloud metadata" }, // Oracle
    { range: "fd00:42::42/128", name: "cloud metadata" }, // Scaleway
    { range: "fe80::a9fe:a9fe/128", name: "cloud metadata" }, // OpenStack
];
const EMBEDDED_IPV4 = [
    { range: "::/96", at: [12, 13, 14, 15] },
    { range: "::ffff:0:0/96", at: [12, 13, 14, 15] },
    { range: "::ffff:0:0:0/96", at: [12, 13, 14, 15] },
    { range: "64:ff9b::/96", at: [12, 13, 14, 15] },
    { range: "64:ff9b:1::/48", at: [6, 7, 9, 10] },
    { range: "64:ff9b:1::/48", at: [7, 9, 10, 11] },
    { range: "64:ff9b:1::/48", at: [9, 10, 11, 12] },
    { range: "64:ff9b:1::/48", at: [12, 13, 14, 15] },
    { range: "2001::/32", at: [4, 5, 6, 7] },
    { range: "2001::/32", at: [12, 13, 14, 15], inverted: true },
    { range: "2002::/16", at: [2, 3, 4, 5] },
];
const NAT64 = "64:ff9b::/96";

;// CONCATENATED MODULE: ./build/world/address.js

const REFUSED = { kind: "refused", because: "not-global", detail: "refused: not globally routable" };
function mayContact(address, allowPrivate) {
    const { kind } = vetAddress(address);
    return kind === "global" || (kind === "not-global" && allowPrivate) ? { kind: "allowed" } : REFUSED;
}
function vetAddress(text) {
    const bytes = parseAddress(text);
    if (bytes === undefined)
        return { kind: "malformed" };
    return bytes.length === 4 ? vetIpv4(bytes) : vetIpv6(bytes);
}
function vetIpv4(bytes) {
    const never = named(NEVER_BLOCKS, bytes);
    if (never !== undefined)
        return { kind: "never", range: never };
    const range = named(IPV4_BLOCKS, bytes);
    return range === undefined ? { kind: "global" } : { kind: "not-global", range };
}
function vetIpv6(bytes) {
    const inside = embedded(bytes).map(vetIpv4);
    const never = named(NEVER_BLOCKS, bytes);
    if (never !== undefined)
        return { kind: "never", range: never };
    const hidden = inside.find(({ kind }) => kind === "never");
    if (hidden !== undefined)
        return hidden;
    if (address_within(NAT64_BLOCK, bytes))
        return inside[0] ?? { kind: "not-global", range: "NAT64" };
    const range = named(IPV6_BLOCKS, bytes);
    if (range !== undefined)
        return { kind: "not-global", range };
    return address_within(UNICAST_BLOCK, bytes) ? { kind: "global" } : { kind: "not-global", range: "unassigned" };
}
function embedded(bytes) {
    return EMBEDDINGS.filter(({ block }) => address_within(block, bytes)).map(({ at, inverted }) => Uint8Array.from(at, (index) => (bytes[index] ?? 0) ^ (inverted ? 0xff : 0)));
}
function parseAddress(text) {
    return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}
const DECIMAL_OCTET = /^(0|[1-9][0-9]{0,2})$/;
function parseIpv4(text) {
    const parts = text.split(".");
    const strict = parts.length === 4 && parts.every((part) => DECIMAL_OCTET.test(part) && Number(part) <= 255);
    return strict ? Uint8Array.from(parts, Number) : undefined;
}
function parseIpv6(text) {
    if (text.length > 45)
        return undefined;
    const halves = text.split("::");
    if (halves.length > 2)
        return undefined;
    const [head, tail] = halves.map((half, index) => groups(half, index === halves.length - 1));
    if (head === undefined || (halves.length === 2 && tail === undefined))
        return undefined;
    const after = tail ?? [];
    const zeros = 16 - head.length - after.length;
    if (halves.length === 2 ? zeros < 2 : zeros !== 0)
        return undefined;
    return Uint8Array.from([...head, ...new Array(zeros).fill(0), ...after]);
}
function groups(half, last) {
    if (half === "")
        return [];
    const parts = half.split(":");
    const octets = [];
    for (const [index, part] of parts.entries()) {
        const dotted = last && index === parts.length - 1 && part.includes(".") ? parseIpv4(part) : undefined;
        if (dotted !== undefined)
            octets.push(...dotted);
        else if (/^[0-9a-f]{1,4}$/i.test(part))
            octets.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff);
        else
            return undefined;
    }
    return octets;
}
function addressText(bytes) {
    if (bytes.length === 4)
        return bytes.join(".");
    const words = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0));
    const text = words.map((word) => word.toString(16)).join(":");
    const runs = [...text.matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
    const longest = runs.reduce((best, [run]) => (run.length > best.length ? run : best), "");
    if (longest === "")
        return text;
    const at = runs.find(([run]) => run === longest)?.index ?? 0;
    return `${text.slice(0, at).replace(/:$/, "")}::${text.slice(at + longest.length).replace(/^:/, "")}`;
}
function block(range) {
    const [base = "", bits = ""] = range.split("/");
    const bytes = parseAddress(base);
    if (bytes === undefined)
        throw new Error(`the address table holds ${range}, which is no range`);
    return { bytes, bits: Number(bits) };
}
function address_within({ bytes, bits }, address) {
    if (bytes.length !== address.length)
        return false;
    return bytes.every((octet, index) => {
        const mask = 0xff & (0xff00 >> Math.min(8, Math.max(0, bits - 8 * index)));
        return (((address[index] ?? 0) ^ octet) & mask) === 0;
    });
}
function named(blocks, address) {
    return blocks.find((candidate) => address_within(candidate, address))?.name;
}
const blocks = (ranges) => ranges.map(({ range, name }) => ({ ...block(range), name }));
const NEVER_BLOCKS = blocks(NEVER);
const IPV4_BLOCKS = blocks(NOT_GLOBAL_IPV4);
const IPV6_BLOCKS = blocks(NOT_GLOBAL_IPV6);
const NAT64_BLOCK = block(NAT64);
const UNICAST_BLOCK = block(GLOBAL_UNICAST_IPV6);
const EMBEDDINGS = EMBEDDED_IPV4.map((form) => ({ ...form, block: block(form.range) }));

;// CONCATENATED MODULE: ./build/world/dns-rdata.js


const dns_rdata_READERS = {
    A: (bytes, record) => addressText(octets(bytes, record, 4)),
    AAAA: (bytes, record) => addressText(octets(bytes, record, 16)),
    MX: (bytes, { start, end }) => ({
        preference: uint16(bytes, start),
        exchange: wholeName(bytes, { start: start + 2, end }),
    }),
    TXT: (bytes, { start, end }) => {
        let text = "";
        for (let at = start; at < end;) {
            const next = at + 1 + uint8(bytes, at);
            if (next > end)
                throw new WireError("a text runs past the end of its record");
            text += latin1(bytes, at + 1, next);
            at = next;
        }
        return text;
    },
};
function octets(bytes, { start, end }, length) {
    if (end - start !== length)
        throw new WireError("an address has the wrong length");
    return bytes.subarray(start, end);
}
function wholeName(bytes, { start, end }) {
    const [name, next] = readName(bytes, start);
    if (next !== end)
        throw new WireError("a name does not fill its record");
    return name;
}

;// CONCATENATED MODULE: ./build/world/dns-wire.js




const dns_wire_MOST_ALIASES = 8;
const EDNS_PAYLOAD = 1232;
const dns_wire_TYPES = { A: 1, AAAA: 28, TXT: 16, MX: 15 };
const CNAME = 5;
const SOA = 6;
const IN = 1;
const NXDOMAIN = 3;
const RCODES = {
    1: "FORMERR",
    2: "SERVFAIL",
    4: "NOTIMP",
    5: "REFUSED",
    16: "BADVERS",
};
const ASKABLE = /^(?!.{254})[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/;
function askable(name) {
    return ASKABLE.test(name);
}
function encodeQuery(name, type, edns) {
    const id = (0,external_node_crypto_namespaceObject.randomInt)(0x10000);
    const additionals = edns ? [{ type: "OPT", name: ".", udpPayloadSize: EDNS_PAYLOAD, flags: 0, options: [] }] : [];
    const bytes = (0,dns_packet.encode)({
        type: "query",
        id,
        flags: dns_packet.RECURSION_DESIRED,
        questions: [{ type, name, class: "IN" }],
        additionals,
    });
    return { id, name, type, bytes };
}
function decodeReply(bytes, query) {
    const header = readHeader(bytes);
    if (header === undefined || !header.response || header.id !== query.id)
        return { kind: "other-message" };
    try {
        return reply(readMessage(bytes), query, bytes);
    }
    catch (error) {
        if (error instanceof WireError)
            return { kind: "failure", because: "malformed", detail: error.message };
        throw error;
    }
}
function reply(message, query, bytes) {
    const [question, ...more] = message.questions;
    const named = question === undefined ? message.rcode in RCODES : more.length === 0 && matches(question, query);
    if (!named && question === undefined)
        throw new WireError("the answer names no question");
    if (!named)
        return { kind: "other-message" };
    if (message.truncated)
        return { kind: "truncated" };
    if (message.rcode !== 0 && message.rcode !== NXDOMAIN)
        return refusal(message.rcode);
    return follow(message, query, bytes);
}
function matches(question, query) {
    return question.name === query.name && question.type === dns_wire_TYPES[query.type] && question.class === IN;
}
function refusal(rcode) {
    const name = RCODES[rcode] ?? `response code ${rcode}`;
    return {
        kind: "failure",
        because: "server-failure",
        detail: `the resolver answered ${name}, which does not say that nothing is there`,
        rcode,
    };
}
function follow(message, query, bytes) {
    const cnames = [];
    let ttl = Number.MAX_SAFE_INTEGER;
    for (let name = query.name;;) {
        const own = message.answers.filter((record) => record.name === name && record.class === IN);
        const alias = own.find(({ type }) => type === CNAME);
        const records = own.filter(({ type }) => type === dns_wire_TYPES[query.type]);
        ttl = Math.min(ttl, ...(alias ? [alias] : records).map(dns_wire_seconds));
        if (alias === undefined) {
            if (records.length === 0)
                return absence(message, name, { cnames, ttl });
            const read = dns_rdata_READERS[query.type];
            return {
                kind: "answer",
                answer: { kind: "records", records: records.map((record) => read(bytes, record)), cnames, ttl },
            };
        }
        if (records.length > 0)
            throw new WireError("the answer has an alias and other records at one name");
        const target = wholeName(bytes, alias);
        if (!askable(target))
            throw new WireError("the answer has an alias to what is no host name");
        const dead = target === query.name || cnames.includes(target) || cnames.length === dns_wire_MOST_ALIASES;
        cnames.push(target);
        if (dead)
            return { kind: "answer", answer: { kind: "no-data", cnames } };
        name = target;
    }
}
function absence(message, name, { cnames, ttl }) {
    if (message.rcode === NXDOMAIN)
        return { kind: "answer", answer: { kind: "no-such-name", cnames } };
    if (message.authorities.some((record) => record.type === SOA && contains(record.name, name)))
        return { kind: "answer", answer: { kind: "no-data", cnames } };
    if (cnames.length > 0)
        return { kind: "alias", cnames, ttl };
    return {
        kind: "failure",
        because: "server-failure",
        detail: "the resolver gave an empty answer without SOA, which proves nothing",
    };
}
function contains(zone, name) {
    return zone === "" || name === zone || name.endsWith(`.${zone}`);
}
function dns_wire_seconds({ ttl }) {
    return ttl >= 2 ** 31 ? 0 : ttl;
}

;// CONCATENATED MODULE: ./build/world/dns-transport.js



async function ask(server, query, signal) {
    const reply = await askOverUdp(server, query, signal);
    return reply.kind === "truncated" ? askOverTcp(server, query, signal) : reply;
}
function askOverUdp({ address, port }, query, signal) {
    return new Promise((resolve) => {
        if (signal.aborted)
            return resolve(unanswered());
        const socket = (0,external_node_dgram_namespaceObject.createSocket)(address.includes(":") ? "udp6" : "udp4");
        let settled = false;
        const settle = (reply) => {
            if (settled)
                return;
            settled = true;
            signal.removeEventListener("abort", stop);
            socket.close();
            resolve(reply);
        };
        const stop = () => settle(unanswered());
        signal.addEventListener("abort", stop, { once: true });
        socket.on("error", (error) => settle(unreachable(error)));
        socket.on("message", (bytes) => {
            const reply = decodeReply(bytes, query);
            if (reply.kind !== "other-message")
                settle(reply);
        });
        socket.once("connect", () => !settled && socket.send(query.bytes, (error) => error && settle(unreachable(error))));
        socket.connect(port, address);
    });
}
function askOverTcp({ address, port }, query, signal) {
    return new Promise((resolve) => {
        if (signal.aborted)
            return resolve(unanswered());
        const socket = (0,external_node_net_namespaceObject.connect)({ host: address, port });
        const settle = (reply) => {
            signal.removeEventListener("abort", stop);
            socket.destroy();
            resolve(reply);
        };
        const stop = () => settle(unanswered());
        let received = Buffer.alloc(0);
        signal.addEventListener("abort", stop, { once: true });
        socket.on("connect", () => socket.write(framed(query.bytes)));
        socket.on("data", (piece) => {
            received = Buffer.concat([received, piece]);
            if (received.length < 2 || received.length < 2 + received.readUInt16BE(0))
                return;
            settle(finalReply(received.subarray(2, 2 + received.readUInt16BE(0)), query));
        });
        socket.on("error", (error) => settle(unreachable(error)));
        socket.on("end", () => settle(malformed("the resolver closed the connection inside its answer")));
    });
}
function finalReply(bytes, query) {
    const reply = decodeReply(bytes, query);
    if (reply.kind === "truncated")
        return malformed("the resolver cut its answer short over TCP too");
    if (reply.kind === "other-message")
        return malformed("the resolver answered another question over TCP");
    return reply;
}
function framed(bytes) {
    const frame = Buffer.alloc(2 + bytes.length);
    frame.writeUInt16BE(bytes.length);
    frame.set(bytes, 2);
    return frame;
}
function malformed(detail) {
    return { kind: "failure", because: "malformed", detail };
}
function unanswered() {
    return { kind: "failure", because: "timed-out", detail: "the resolver did not answer" };
}
function unreachable(error) {
    const code = "code" in error ? String(error.code) : "unknown error";
    return { kind: "failure", because: "unreachable", detail: `the resolver cannot be reached (${code})` };
}

;// CONCATENATED MODULE: ./build/world/dns-question.js


const ATTEMPTS = 2;
const FORMERR = 1;
const SERVFAIL = 2;
const BADVERS = 16;
const silent = { kind: "failure", because: "timed-out", detail: "the resolver did not answer" };
async function resolveName(step, name, type) {
    if (!askable(name))
        return { kind: "unobserved", because: "malformed", detail: "the name cannot be asked for in DNS" };
    let cnames = [];
    let ttl = Number.MAX_SAFE_INTEGER;
    for (;;) {
        const reply = await attempts(step, cnames.at(-1) ?? name, type);
        if (reply.kind === "failure")
            return silence(step, reply);
        const found = reply.kind === "answer" ? reply.answer.cnames : reply.cnames;
        const repeats = found.some((alias) => alias === name || cnames.includes(alias));
        cnames = [...cnames, ...found];
        if (repeats || cnames.length > dns_wire_MOST_ALIASES)
            return { kind: "observed", value: { kind: "no-data", cnames } };
        if (reply.kind === "answer")
            return { kind: "observed", value: atEndOf(cnames, ttl, reply.answer) };
        ttl = Math.min(ttl, reply.ttl);
    }
}
function atEndOf(cnames, ttl, answer) {
    return answer.kind === "records" ? { ...answer, cnames, ttl: Math.min(ttl, answer.ttl) } : { ...answer, cnames };
}
async function attempts(step, name, type) {
    let edns = true;
    let place = 0;
    let failure = silent;
    for (let attempt = 1; attempt <= ATTEMPTS && !step.signal.aborted; attempt += 1) {
        const server = step.servers[place % step.servers.length] ?? step.servers[0];
        const reply = await attemptAt(step, server, encodeQuery(name, type, edns));
        if (reply.kind !== "failure")
            return reply;
        if (attempt === 1 || reply.because !== "timed-out")
            failure = { ...reply, detail: `${reply.detail} (${serverText(server)}, attempt ${attempt} of ${ATTEMPTS})` };
        const misread = reply.rcode === FORMERR || reply.rcode === BADVERS;
        edns &&= !misread;
        if (!misread && reply.rcode !== SERVFAIL)
            place += 1;
    }
    return failure;
}
function attemptAt({ deadline, signal, attemptMilliseconds, onAsk }, server, query) {
    onAsk(server);
    const work = (own) => ask(server, query, AbortSignal.any([signal, own]));
    return deadline.within(attemptMilliseconds, work, () => silent);
}
function silence({ late }, { because, detail }) {
    return { kind: "unobserved", because: because === "timed-out" ? late : because, detail };
}
function serverText({ address, port }) {
    return address.includes(":") ? `[${address}]:${port}` : `${address}:${port}`;
}

;// CONCATENATED MODULE: ./build/world/incoming.js
function incoming(socket, count) {
    return new Promise((resolve) => {
        const settle = (outcome) => {
            socket.off("readable", look).off("end", end).off("error", end).off("close", end);
            resolve(outcome);
        };
        const look = () => {
            const octets = socket.read(count);
            if (octets === null)
                return;
            settle(count === undefined || octets.length === count ? { kind: "octets", octets } : endOf(socket));
        };
        const end = () => settle(endOf(socket));
        socket.on("readable", look).on("end", end).on("error", end).on("close", end);
        look();
        if (socket.destroyed || socket.readableEnded)
            end();
    });
}
function endOf(socket) {
    return { kind: "ended", reason: socket.errored ? errorCode(socket.errored) : "connection closed" };
}
function errorCode(error) {
    return typeof error.code === "string" && /^[A-Z0-9_]{1,64}$/.test(error.code) ? error.code : "network error";
}

;// CONCATENATED MODULE: ./build/world/socks5.js



const VERSION = 5;
const NO_AUTHENTICATION = 0;
const USERNAME_PASSWORD = 2;
const CONNECT = 1;
const ADDRESS_OCTETS = { 1: 4, 4: 16 };
const socks5_IPV4 = 1;
const socks5_DOMAIN = 3;
const IPV6 = 4;
const REPLIES = {
    1: "general failure",
    2: "connection not allowed by its rules",
    3: "network unreachable",
    4: "host unreachable",
    5: "connection refused",
    6: "TTL expired",
    7: "command not supported",
    8: "address type not supported",
};
async function socks5Connect(socket, target, credentials) {
    try {
        await greet(socket, credentials);
        await connectTo(socket, target);
        return { kind: "connected" };
    }
    catch (error) {
        if (error instanceof Socks5Error)
            return { kind: "failed", detail: error.message };
        throw error;
    }
}
class Socks5Error extends Error {
    name = "Socks5Error";
}
async function greet(socket, credentials) {
    const known = credentials.username !== "" || credentials.password !== "";
    const methods = known ? [NO_AUTHENTICATION, USERNAME_PASSWORD] : [NO_AUTHENTICATION];
    socket.write(Uint8Array.of(VERSION, methods.length, ...methods));
    const [version, method] = await take(socket, 2);
    if (version !== VERSION)
        throw new Socks5Error("the proxy does not speak SOCKS5");
    if (method === USERNAME_PASSWORD && known)
        return authenticate(socket, credentials);
    if (method !== NO_AUTHENTICATION)
        throw new Socks5Error("the proxy accepts none of our ways to log in");
}
async function authenticate(socket, given) {
    const [username, password] = [Buffer.from(given.username), Buffer.from(given.password)];
    if (username.length > 255 || password.length > 255)
        throw new Socks5Error("the proxy's user name or password is over 255 octets");
    socket.write(Buffer.concat([Buffer.of(1, username.length), username, Buffer.of(password.length), password]));
    const [, status] = await take(socket, 2);
    if (status !== 0)
        throw new Socks5Error("the proxy refused the user name and password");
}
async function connectTo(socket, target) {
    const address = parseAddress(target.address);
    if (address === undefined)
        throw new Error("the target of a SOCKS5 request is no address");
    const type = (0,external_node_net_namespaceObject.isIPv4)(target.address) ? socks5_IPV4 : IPV6;
    socket.write(Uint8Array.of(VERSION, CONNECT, 0, type, ...address, target.port >> 8, target.port & 0xff));
    const [version, status = 255, , boundType = 0] = await take(socket, 4);
    if (version !== VERSION)
        throw new Socks5Error("the proxy does not speak SOCKS5");
    if (status !== 0)
        throw new Socks5Error(`the proxy answered: ${REPLIES[status] ?? `reply code ${status}`}`);
    const octets = boundType === socks5_DOMAIN ? (await take(socket, 1))[0] : ADDRESS_OCTETS[boundType];
    if (octets === undefined)
        throw new Socks5Error("the proxy's reply has an unknown address type");
    await take(socket, octets + 2);
}
async function take(socket, count) {
    const came = await incoming(socket, count);
    if (came.kind === "octets")
        return came.octets;
    throw new Socks5Error("the proxy closed the connection before it was through");
}

;// CONCATENATED MODULE: ./build/world/dial.js




async function dial(target, route, signal) {
    const permission = mayContact(target.address, route.allowPrivate);
    if (permission.kind === "refused")
        return { kind: "unobserved", because: permission.because, detail: permission.detail };
    if (route.proxy)
        return dialThrough(route.proxy, target, { route, signal });
    route.onContact?.(target);
    const opened = await dial_open(target.address, target.port, signal);
    if (opened.kind !== "open")
        return directFailure(opened, target.address);
    if (sameAddress(opened.socket.remoteAddress, target.address))
        return opened;
    opened.socket.destroy();
    return { kind: "unobserved", because: "not-global", detail: "another address answered" };
}
function dial_open(host, port, signal) {
    return new Promise((resolve) => {
        const socket = (0,external_node_net_namespaceObject.connect)({ host, port });
        const settle = (outcome) => {
            signal.removeEventListener("abort", abort);
            if (outcome.kind !== "open")
                socket.destroy();
            resolve(outcome);
        };
        const abort = () => settle({ kind: "timed-out" });
        signal.addEventListener("abort", abort, { once: true });
        socket.on("error", (error) => settle({ kind: "error", code: errorCode(error) }));
        socket.once("connect", () => settle({ kind: "open", socket }));
        if (signal.aborted)
            abort();
    });
}
const REFUSALS = new Set(["ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH"]);
const NO_ROUTE = new Set(["ENETUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT"]);
function directFailure(opened, address) {
    if (opened.kind === "timed-out" || opened.code === "ETIMEDOUT")
        return { kind: "timed-out" };
    const { code } = opened;
    if (NO_ROUTE.has(code) && (0,external_node_net_namespaceObject.isIPv6)(address))
        return { kind: "no-ipv6" };
    if (REFUSALS.has(code))
        return { kind: "refused", reason: code };
    return { kind: "unobserved", because: "unreachable", detail: `this machine could not connect (${code})` };
}
async function dialThrough(proxy, target, { route, signal }) {
    const opened = await dial_open(proxy.host, proxy.port, signal);
    const failed = (because, detail) => ({ kind: "unobserved", because, detail });
    if (opened.kind === "timed-out")
        return failed("timed-out", "the proxy did not answer");
    if (opened.kind === "error")
        return failed("unreachable", `the proxy could not be reached (${opened.code})`);
    const { socket } = opened;
    const address = socket.remoteAddress ?? proxy.host;
    route.onContact?.({ purpose: "proxy", name: proxy.host, address, port: proxy.port });
    route.onContact?.(target);
    const abort = () => socket.destroy();
    signal.addEventListener("abort", abort, { once: true });
    const outcome = await socks5Connect(socket, target, proxy);
    signal.removeEventListener("abort", abort);
    if (outcome.kind === "connected" && !signal.aborted)
        return opened;
    socket.destroy();
    return signal.aborted
        ? failed("timed-out", "the proxy did not get through in time")
        : failed("unreachable", outcome.kind === "failed" ? outcome.detail : "");
}
function sameAddress(found, wanted) {
    const [a, b] = [parseAddress(found ?? ""), parseAddress(wanted)];
    return a !== undefined && b !== undefined && addressText(a) === addressText(b);
}

;// CONCATENATED MODULE: external "node:tls"
const external_node_tls_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");
;// CONCATENATED MODULE: ./build/protocol/subject-alt-name.js
const [SEQUENCE, OID, OCTET_STRING, EXTENSIONS, DNS_NAME] = [0x30, 0x06, 0x04, 0xa3, 0x82];
const SUBJECT_ALT_NAME = Uint8Array.of(0x55, 0x1d, 0x11); // 2.5.29.17
const MOST_NAMES = 10_000;
function dnsIdsOf(der) {
    const [certificate, ...after] = elementsOf(der, 1) ?? [];
    const toBeSigned = certificate?.tag === SEQUENCE && after.length === 0 ? childrenOf(certificate)?.[0] : undefined;
    const parts = toBeSigned?.tag === SEQUENCE ? childrenOf(toBeSigned) : undefined;
    if (parts === undefined)
        return undefined;
    const wrapper = parts.find(({ tag }) => tag === EXTENSIONS);
    if (wrapper === undefined)
        return [];
    const list = childrenOf(wrapper);
    const extensions = list?.length === 1 && list[0]?.tag === SEQUENCE ? childrenOf(list[0]) : undefined;
    return extensions && namesIn(extensions);
}
function namesIn(extensions) {
    let names = [];
    let seen = false;
    for (const extension of extensions) {
        const parts = extension.tag === SEQUENCE ? childrenOf(extension) : undefined;
        const [id, value] = [parts?.[0], parts?.at(-1)];
        if (id?.tag !== OID || value === undefined)
            return undefined;
        if (!sameBytes(id.content, SUBJECT_ALT_NAME))
            continue;
        if (seen || value.tag !== OCTET_STRING)
            return undefined; // RFC 5280 §4.2: no extension twice
        seen = true;
        names = dnsNames(value);
    }
    return names;
}
function dnsNames(value) {
    const list = childrenOf(value);
    const names = list?.length === 1 && list[0]?.tag === SEQUENCE ? childrenOf(list[0]) : undefined;
    return names
        ?.filter(({ tag }) => tag === DNS_NAME)
        .slice(0, MOST_NAMES)
        .map(({ content }) => Array.from(content, (octet) => String.fromCharCode(octet)).join(""));
}
function childrenOf({ content }) {
    return elementsOf(content, Number.POSITIVE_INFINITY);
}
function elementsOf(bytes, most) {
    const elements = [];
    for (let at = 0; at < bytes.length;) {
        const tag = bytes[at] ?? 0;
        const first = bytes[at + 1] ?? 0x80;
        const lengthOctets = first > 0x80 ? first - 0x80 : 0;
        if ((tag & 0x1f) === 0x1f || first === 0x80 || lengthOctets > 4 || elements.length === most)
            return undefined;
        const start = at + 2 + lengthOctets;
        if (start > bytes.length)
            return undefined;
        const length = lengthOctets === 0 ? first : bytes.subarray(at + 2, start).reduce((sum, octet) => sum * 256 + octet, 0);
        if (start + length > bytes.length)
            return undefined;
        elements.push({ tag, content: bytes.subarray(start, start + length) });
        at = start + length;
    }
    return elements;
}
function sameBytes(a, b) {
    return a.length === b.length && a.every((octet, at) => octet === b[at]);
}

;// CONCATENATED MODULE: ./build/world/certificate-facts.js

function certificateFacts(x509) {
    return {
        dnsIds: dnsIdsOf(x509.raw) ?? [],
        subject: oneLine(x509.subject),
        issuer: oneLine(x509.issuer),
        serialNumber: x509.serialNumber,
        notBefore: isoDate(x509.validFromDate, "9999-12-31T23:59:59.000Z"),
        notAfter: isoDate(x509.validToDate, "1970-01-01T00:00:00.000Z"),
        sha256: x509.fingerprint256.replaceAll(":", "").toLowerCase(),
    };
}
function oneLine(name) {
    return (name ?? "").replaceAll("\n", ", ");
}
function isoDate(date, otherwise) {
    return Number.isNaN(date.getTime()) ? otherwise : date.toISOString();
}

;// CONCATENATED MODULE: ./build/world/key-strength.js
function isStrongEnough(certificate) {
    try {
        const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
        if (type === "ec")
            return bitsOfCurve(details?.namedCurve ?? "") >= 224;
        if (type === "rsa" || type === "rsa-pss" || type === "dsa")
            return (details?.modulusLength ?? 0) >= 2_048;
        return type !== undefined;
    }
    catch {
        return false;
    }
}
const bitsOfCurve = (curve) => Number(/[0-9]{3}/.exec(curve)?.[0] ?? 0);
const OLD_DIGESTS = new Set([
    "2a864886f70d010102",
    "2a864886f70d010103",
    "2a864886f70d010104",
    "2a864886f70d010105",
    "2a8648ce380403",
    "2a8648ce3d0401",
]);
function isSignedWithOldDigest({ raw }) {
    const toBeSigned = key_strength_element(raw, key_strength_element(raw, 0).start);
    const objectId = key_strength_element(raw, key_strength_element(raw, toBeSigned.end).start);
    return OLD_DIGESTS.has(raw.subarray(objectId.start, objectId.end).toString("hex"));
}
function key_strength_element(der, at) {
    const first = der[at + 1] ?? 0;
    const octets = first < 0x80 ? 0 : first & 0x7f;
    const start = at + 2 + octets;
    if (octets === 0)
        return { start, end: start + first };
    return octets <= 6 && start <= der.length
        ? { start, end: start + der.readUIntBE(at + 2, octets) }
        : { start, end: start };
}

;// CONCATENATED MODULE: ./build/world/chain-trust.js


const UNANCHORED = new Set([
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);
function judgeChain({ chain, verifyError }, roots) {
    const [leaf] = chain;
    if (leaf === undefined)
        return { kind: "untrusted", x509Error: "UNSPECIFIED" };
    const path = walk(leaf, chain, roots());
    if (verifyError === undefined)
        return judgeStrength(path);
    const last = path.links.at(-1) ?? leaf;
    if (path.anchored)
        return { kind: "untrusted", x509Error: verifyError };
    const selfIssued = last.subject === last.issuer && isSignedBy(last, last);
    const x509Error = UNANCHORED.has(verifyError) ? verifyError : reasonUnanchored(path, selfIssued);
    return { kind: "untrusted", x509Error, ...(selfIssued ? {} : { missingIssuer: oneLine(last.issuer) }) };
}
function reasonUnanchored({ links }, selfIssued) {
    if (!selfIssued)
        return links.length === 1 ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE" : "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";
    return links.length === 1 ? "DEPTH_ZERO_SELF_SIGNED_CERT" : "SELF_SIGNED_CERT_IN_CHAIN";
}
function judgeStrength({ links, anchored }) {
    const weak = links.findIndex((link) => !isStrongEnough(link));
    if (weak >= 0)
        return { kind: "untrusted", x509Error: weak === 0 ? "EE_KEY_TOO_SMALL" : "CA_KEY_TOO_SMALL" };
    const signed = anchored ? links.slice(0, -1) : links;
    return signed.some(isSignedWithOldDigest) ? { kind: "untrusted", x509Error: "CA_MD_TOO_WEAK" } : { kind: "trusted" };
}
const MOST_PRESENTED = 16;
function walk(leaf, chain, roots) {
    const rootPrints = new Set(roots.map((root) => root.fingerprint256));
    const candidates = [...roots, ...chain.slice(1, MOST_PRESENTED)];
    const seen = new Set();
    const from = (at, links) => {
        const path = { links: [...links, at], anchored: rootPrints.has(at.fingerprint256) };
        seen.add(at.fingerprint256);
        if (path.anchored)
            return path;
        let longest = path;
        for (const next of candidates) {
            if (seen.has(next.fingerprint256) || !at.checkIssued(next) || !isSignedBy(at, next))
                continue;
            const found = from(next, path.links);
            if (found.anchored)
                return found;
            if (found.links.length > longest.links.length)
                longest = found;
        }
        return longest;
    };
    return from(leaf, []);
}
function isSignedBy(certificate, issuer) {
    try {
        return certificate.verify(issuer.publicKey);
    }
    catch {
        return false; // a key that this OpenSSL cannot read signs nothing
    }
}

;// CONCATENATED MODULE: ./build/world/handshake.js



function handshake(socket, { servername, anchors, signal, alpn }) {
    return new Promise((resolve) => {
        const secured = (0,external_node_tls_namespaceObject.connect)({
            socket,
            servername,
            secureContext: anchors.context,
            rejectUnauthorized: false,
            checkServerIdentity: () => undefined,
            ...(alpn ? { ALPNProtocols: [...alpn] } : {}),
        });
        const settle = (outcome) => {
            signal.removeEventListener("abort", abort);
            if (outcome.kind !== "done")
                destroyBoth();
            resolve(outcome);
        };
        const destroyBoth = () => {
            secured.destroy();
            socket.destroy();
        };
        const abort = () => settle({ kind: "cut", detail: "timed out" });
        signal.addEventListener("abort", abort, { once: true });
        secured.on("error", (error) => settle(failure(error)));
        secured.on("close", () => settle({ kind: "cut", detail: "connection closed" }));
        secured.once("secureConnect", () => settle(outcomeOf(secured, anchors)));
        if (signal.aborted)
            abort();
    });
}
function outcomeOf(secured, anchors) {
    const chain = presentedChain(secured);
    if (chain.length === 0)
        return { kind: "failed", detail: "no certificate" };
    const verifyError = secured.authorized ? undefined : codeText(secured.authorizationError);
    return {
        kind: "done",
        secured,
        protocol: secured.getProtocol() ?? "unknown",
        chain: chain.map(certificateFacts),
        trust: judgeChain({ chain, verifyError }, anchors.roots),
    };
}
const MOST_CERTIFICATES = 100;
function presentedChain(secured) {
    const chain = [];
    let next = secured.getPeerX509Certificate();
    while (next !== undefined && chain.length < MOST_CERTIFICATES) {
        chain.push(next);
        next = next.issuerCertificate;
    }
    return chain;
}
function codeText(error) {
    const text = error instanceof Error ? error.message : String(error);
    return /^[A-Z0-9_]{1,64}$/.test(text) ? text : "UNSPECIFIED";
}
function failure(error) {
    const { code = "", reason = "", message } = error;
    if (!/^ERR_(SSL|TLS)_/.test(code) || /UNEXPECTED_EOF/.test(code)) {
        return { kind: "cut", detail: code === "ECONNRESET" || code === "" ? "connection reset" : code };
    }
    const [alert] = /SSL alert number [0-9]{1,3}/.exec(message) ?? [];
    return { kind: "failed", detail: alert ?? (/^[a-z0-9 /_-]{1,80}$/i.test(reason) ? reason : code) };
}

;// CONCATENATED MODULE: ./build/world/policy-request.js

const POLICY_OCTETS = 65_536;
const MOST_INFORMATIONAL = 10;
async function requestPolicy(secured, host, signal) {
    const { Client } = await import(/* webpackIgnore: true */ "./later/undici.js");
    let handed = false;
    const client = new Client(`https://${host}`, {
        allowH2: false,
        maxHeaderSize: 16_384,
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: (_options, callback) => {
            const first = !handed;
            queueMicrotask(() => (first ? callback(null, secured) : callback(new Error("one request a connection"), null)));
            handed = true;
        },
    });
    const flood = new AbortController();
    let informational = 0;
    try {
        const response = await client.request({
            method: "GET",
            path: "/.well-known/mta-sts.txt",
            headers: { "user-agent": "mta-sts-gate", accept: "text/plain", "accept-encoding": "identity" },
            reset: true,
            signal: AbortSignal.any([signal, flood.signal]),
            onInfo: () => {
                informational += 1;
                if (informational > MOST_INFORMATIONAL)
                    flood.abort();
            },
        });
        return await answerOf(response);
    }
    catch (error) {
        if (flood.signal.aborted)
            return { kind: "failed", reason: `more than ${MOST_INFORMATIONAL} informational responses` };
        return { kind: "failed", reason: reasonOf(error) };
    }
    finally {
        void client.destroy().catch(() => undefined);
    }
}
async function answerOf({ statusCode, headers, body }) {
    body.on("error", () => undefined);
    const text = (name) => {
        const value = headers[name];
        return value === undefined ? null : [value].flat().join(", ");
    };
    const head = {
        status: statusCode,
        contentType: text("content-type"),
        contentEncoding: text("content-encoding"),
        location: text("location"),
    };
    const octets = statusCode === 200 ? await readUpTo(body, POLICY_OCTETS + 1) : Buffer.alloc(0);
    body.destroy();
    const truncated = octets.length > POLICY_OCTETS;
    return { kind: "answered", head, body: octetsFrom(octets.subarray(0, POLICY_OCTETS)), truncated };
}
async function readUpTo(body, limit) {
    const chunks = [];
    let length = 0;
    for await (const chunk of body) {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= limit)
            break;
    }
    return Buffer.concat(chunks).subarray(0, limit);
}
const REASONS = {
    UND_ERR_HEADERS_OVERFLOW: "the header block is longer than 16 KiB",
    UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the body is not as long as its Content-Length says",
    UND_ERR_SOCKET: "the host ended the connection before the whole answer had come",
    ECONNRESET: "the host reset the connection before the whole answer had come",
};
function reasonOf(error) {
    const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
    const unreadable = error instanceof Error && error.name === "HTTPParserError" ? "the answer is no HTTP" : undefined;
    return REASONS[code] ?? unreadable ?? "the answer could not be read";
}

;// CONCATENATED MODULE: ./build/world/policy-client.js




const FETCH_MILLISECONDS = 20_000;
function fetchPolicyFrom(target, way) {
    const { address } = target;
    return way.deadline.within(way.milliseconds, (signal) => policy_client_attempt(target, way, signal), () => ({ kind: "unobserved", address, because: way.deadline.expired() ? "deadline" : "timed-out" }));
}
async function policy_client_attempt(target, way, signal) {
    const started = performance.now();
    const { policyHost, address, port } = target;
    const dialled = await dial({ purpose: "policy", name: policyHost, address, port }, way.route, signal);
    way.onDialled?.(dialled);
    if (dialled.kind !== "open")
        return unopened(dialled, address);
    const { anchors } = way;
    const terms = { servername: policyHost, anchors, signal, alpn: ["http/1.1"] };
    const outcome = await handshake(dialled.socket, terms);
    if (outcome.kind !== "done")
        return unsecured(outcome, target, way);
    try {
        return await policy_client_ask(outcome, target, { started, signal });
    }
    finally {
        outcome.secured.destroy();
        dialled.socket.destroy();
    }
}
function unopened(dialled, address) {
    switch (dialled.kind) {
        case "refused":
            return dialled.reason === "EHOSTUNREACH"
                ? { kind: "unobserved", address, because: "unreachable", detail: `no route to the host (${dialled.reason})` }
                : { kind: "failed", address, reason: `the host refused the connection (${dialled.reason})` };
        case "timed-out":
        case "no-ipv6":
            return { kind: "unobserved", address, because: dialled.kind };
        case "unobserved":
            return { ...dialled, address };
    }
}
function unsecured(outcome, { address }, { route }) {
    if (outcome.kind === "cut" && route.proxy !== undefined)
        return { kind: "unobserved", address, because: "unreachable", detail: "the connection through the proxy was cut" };
    const what = outcome.kind === "cut" ? "the host ended the TLS handshake" : "the TLS handshake failed";
    return { kind: "failed", address, reason: `${what} (${outcome.detail})` };
}
async function policy_client_ask({ secured, protocol, chain, trust }, { policyHost, address }, { started, signal }) {
    const names = (chain[0]?.dnsIds ?? []).some((id) => matchesDnsId(id, policyHost));
    if (trust.kind !== "trusted" || !names)
        return { kind: "untrusted", address, trust, names, chain };
    if (/^(SSLv|TLSv1(\.1)?$)/.test(protocol))
        return { kind: "failed", address, reason: `the host speaks nothing newer than ${protocol}` };
    if (spokeFirst(secured))
        return { kind: "failed", address, reason: "the host answered before it was asked" };
    const answer = await requestPolicy(secured, policyHost, signal);
    if (answer.kind === "failed")
        return { kind: "failed", address, reason: answer.reason };
    const elapsed = Math.round(performance.now() - started);
    const response = { ...answer.head, body: answer.body, truncated: answer.truncated, elapsed, chain };
    return { kind: "response", address, response };
}
const spokeFirst = (secured) => secured.readableLength > 0;

;// CONCATENATED MODULE: ./build/world/mx-answer.js

function mxAnswer(answer) {
    if (answer.kind !== "records")
        return answer;
    const { records, cnames, ttl } = answer;
    const [only] = records;
    if (records.length === 1 && only?.exchange === "" && only.preference === 0)
        return { kind: "null-mx", ttl };
    const hosts = records.flatMap(mxHost).sort(byPreference);
    return hosts.length > 0 ? { kind: "records", records: hosts, cnames, ttl } : { kind: "no-data", cnames };
}
const NUMERIC_END = /(^|\.)[0-9]+$/;
function mxHost({ preference, exchange }) {
    const host = NUMERIC_END.test(exchange) ? undefined : domain_name_domainName(exchange);
    return host === undefined ? [] : [{ host, preference }];
}
function byPreference(a, b) {
    if (a.preference !== b.preference)
        return a.preference - b.preference;
    return a.host < b.host ? -1 : 1;
}

;// CONCATENATED MODULE: ./build/world/semaphore.js
function createSemaphore(size) {
    let free = size;
    const waiting = [];
    const release = () => {
        const next = waiting.shift();
        if (next === undefined)
            free += 1;
        else
            next();
    };
    const acquire = () => {
        if (free === 0)
            return new Promise((resolve) => waiting.push(resolve));
        free -= 1;
        return Promise.resolve();
    };
    return {
        run: async (work) => {
            await acquire();
            try {
                return await work();
            }
            finally {
                release();
            }
        },
    };
}

;// CONCATENATED MODULE: ./build/world/resolver.js



const STEP = 10_000;
const ATTEMPT = 0.98 / ATTEMPTS;
const MOST_IN_FLIGHT = 150;
const MOST_REMEMBERED = 4096;
function createResolver(settings) {
    const { find, close } = createFinder(settings);
    return {
        txt: (owner) => find(owner, "TXT"),
        mx: async (owner) => {
            const answer = await find(owner, "MX");
            return answer.kind === "observed" ? { kind: "observed", value: mxAnswer(answer.value) } : answer;
        },
        addresses: async (host) => {
            const [ipv4, ipv6] = await Promise.all([find(host, "A"), find(host, "AAAA")]);
            return { addresses: addressesOf(ipv4, ipv6), cnames: aliasesOf(ipv4, ipv6) };
        },
        close,
    };
}
function createFinder({ servers, deadline, stepMilliseconds = STEP, onContact }) {
    const [first, ...others] = servers;
    if (first === undefined)
        throw new Error("a resolver needs at least one server");
    const closed = new AbortController();
    const slots = createSemaphore(MOST_IN_FLIGHT);
    const remembered = createMemory();
    const onAsk = contactOnce(onContact);
    const question = (name, type) => {
        const ms = Math.min(stepMilliseconds, deadline.remaining());
        const late = ms < stepMilliseconds ? "deadline" : "timed-out";
        const work = (own) => {
            const signal = AbortSignal.any([own, closed.signal]);
            const step = {
                servers: [first, ...others],
                deadline,
                signal,
                attemptMilliseconds: ms * ATTEMPT,
                late,
                onAsk,
            };
            return resolveName(step, name, type);
        };
        const silent = () => {
            const asked = servers.map(serverText).join(", ");
            return {
                kind: "unobserved",
                because: late,
                detail: `the resolver did not answer (${asked}, ${ATTEMPTS} attempts)`,
            };
        };
        return deadline.within(ms, work, silent);
    };
    return {
        find: (text, type) => {
            const name = text.toLowerCase().replace(/\.$/, "");
            return remembered(`${type} ${name}`, () => slots.run(() => question(name, type)));
        },
        close: () => closed.abort(),
    };
}
function createMemory() {
    const kept = new Map();
    return (key, find) => {
        const known = kept.get(key);
        if (known !== undefined)
            return known;
        const [oldest] = kept.keys();
        if (kept.size >= MOST_REMEMBERED && oldest !== undefined)
            kept.delete(oldest);
        const found = find();
        kept.set(key, found);
        return found;
    };
}
function contactOnce(onContact) {
    const seen = new Set();
    return (server) => {
        const text = serverText(server);
        if (seen.has(text))
            return;
        seen.add(text);
        onContact({ purpose: "dns", name: "resolver", address: server.address, port: server.port });
    };
}
function addressesOf(ipv4, ipv6) {
    if (ipv4.kind === "observed" && ipv6.kind === "observed")
        return { kind: "observed", value: [...texts(ipv4), ...texts(ipv6)] };
    const noSuchName = [ipv4, ipv6].some((half) => half.kind === "observed" && half.value.kind === "no-such-name");
    if (noSuchName || texts(ipv4).length > 0)
        return { kind: "observed", value: texts(ipv4) };
    return ipv4.kind === "unobserved" ? ipv4 : ipv6;
}
function texts(half) {
    return half.kind === "observed" && half.value.kind === "records" ? [...new Set(half.value.records)] : [];
}
function aliasesOf(ipv4, ipv6) {
    const [a, b] = [ipv4, ipv6].map((half) => (half.kind === "observed" ? half.value.cnames : []));
    return a?.length ? a : (b ?? []);
}

;// CONCATENATED MODULE: external "node:timers/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:timers/promises");
;// CONCATENATED MODULE: ./build/protocol/smtp-reply.js
const LONGEST_LINE = 998;
const MOST_LINES = 100;
const [smtp_reply_CR, smtp_reply_LF] = [0x0d, 0x0a];
const smtp_reply_LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });
function createReplyReader() {
    const state = { line: [], code: undefined, texts: [], violated: undefined };
    return {
        push: (bytes) => {
            for (let at = 0; at < bytes.length && !state.violated; at += 1) {
                const reply = takeOctet(state, bytes[at] ?? 0);
                if (reply)
                    return { kind: "reply", reply, surplus: at + 1 < bytes.length };
            }
            return state.violated;
        },
    };
}
function takeOctet(state, octet) {
    const { line } = state;
    const afterCr = line.at(-1) === smtp_reply_CR;
    if (octet === smtp_reply_LF)
        return afterCr ? smtp_reply_takeLine(state) : violate(state, "bare-line-feed", "A line ends in LF without CR");
    if (afterCr)
        return violate(state, "bare-carriage-return", "A CR stands inside a line");
    if (line.length > LONGEST_LINE)
        return violate(state, "line-too-long", `A line is longer than ${LONGEST_LINE} octets`);
    line.push(octet);
    return undefined;
}
function smtp_reply_takeLine(state) {
    const text = smtp_reply_LENIENT.decode(Uint8Array.from(state.line.slice(0, -1)));
    state.line = [];
    const [, digits, separator] = /^([2-5][0-9]{2})(?:([ -])|$)/.exec(text) ?? [];
    if (digits === undefined)
        return violate(state, "reply-code", "A line does not begin with a reply code");
    const code = Number(digits);
    if (state.code !== undefined && state.code !== code)
        return violate(state, "mixed-codes", "The lines of one reply have different codes");
    if (state.texts.length === MOST_LINES)
        return violate(state, "too-many-lines", `A reply has more than ${MOST_LINES} lines`);
    state.code = code;
    state.texts.push(text.slice(4));
    if (separator === "-")
        return undefined;
    const reply = { code, lines: state.texts };
    state.code = undefined;
    state.texts = [];
    return reply;
}
function violate(state, violation, detail) {
    state.violated = { kind: "violation", violation, detail };
}
function capabilitiesOf(reply) {
    return reply.lines.slice(1);
}
function offersStarttls(reply) {
    return capabilitiesOf(reply).some((line) => /^STARTTLS(?:[ \t]|$)/i.test(line));
}

;// CONCATENATED MODULE: ./build/protocol/smtp-dialogue.js

function commandLine(command, client) {
    const word = command.toUpperCase();
    return command === "ehlo" || command === "helo" ? `${word} ${client}\r\n` : `${word}\r\n`;
}
function nextMove(step, event) {
    if (event.kind === "closed" || event.kind === "silent")
        return end({ kind: "unreachable", step, reason: event.kind });
    if (event.kind === "violation")
        return violation(step, event.detail);
    const { reply, surplus } = event;
    if (surplus)
        return violation(step, "The server sent more than the reply it was asked for");
    return AFTER[step](reply);
}
const AFTER = {
    greeting: (reply) => (reply.code === 220 ? send("ehlo") : turnedAway("greeting", reply)),
    ehlo: (reply) => {
        if (reply.code === 250)
            return offersStarttls(reply) ? send("starttls") : noStarttls(capabilitiesOf(reply));
        const unknownCommand = reply.code >= 500 && reply.code !== 521 && reply.code !== 554;
        return unknownCommand ? send("helo") : turnedAway("ehlo", reply);
    },
    helo: (reply) => (reply.code === 250 ? noStarttls([]) : turnedAway("helo", reply)),
    starttls: (reply) => (reply.code === 220 ? { kind: "handshake" } : end({ kind: "starttls-refused", reply })),
};
function turnedAway(step, reply) {
    if (reply.code >= 400)
        return end({ kind: "turned-away", step, reply });
    return violation(step, `The server answered ${reply.code}, which has no meaning there`);
}
function violation(step, detail) {
    return end({ kind: "protocol-violation", step, detail });
}
function noStarttls(capabilities) {
    return end({ kind: "no-starttls", capabilities });
}
function send(command) {
    return { kind: "send", command };
}
function end(reached) {
    return { kind: "end", end: reached };
}

;// CONCATENATED MODULE: ./build/world/smtp-connection.js




const FAREWELL = 2_000;
class SmtpConnection {
    socket;
    ended = "connection closed";
    spoken = false;
    #leaving = false;
    constructor(socket) {
        this.socket = socket;
    }
    async reply() {
        const reader = createReplyReader();
        for (;;) {
            const came = await incoming(this.socket);
            if (came.kind === "ended") {
                this.ended = came.reason;
                return { kind: "closed" };
            }
            this.spoken = true;
            const event = reader.push(came.octets);
            if (event)
                return event;
        }
    }
    outOfStep() {
        return this.socket.read() !== null;
    }
    send(command) {
        this.socket.write(commandLine(command, addressLiteral(this.socket)), "latin1");
    }
    quit(stream = this.socket) {
        this.#leaving = true;
        const leave = () => {
            stream.destroy();
            this.socket.destroy();
        };
        const timer = setTimeout(leave, FAREWELL);
        stream.once("close", () => clearTimeout(timer));
        stream.end(commandLine("quit", ""), leave);
    }
    [Symbol.dispose]() {
        if (!this.#leaving)
            this.socket.destroy();
    }
}
function addressLiteral({ localAddress = "0.0.0.0" }) {
    const address = localAddress.replace(/^::ffff:(?=[0-9.]+$)/, "").replace(/%.*$/, "");
    return (0,external_node_net_namespaceObject.isIPv4)(address) ? `[${address}]` : `[IPv6:${address}]`;
}

;// CONCATENATED MODULE: ./build/world/smtp-client.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
    if (value !== null && value !== void 0) {
        if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
        var dispose, inner;
        if (async) {
            if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
            dispose = value[Symbol.asyncDispose];
        }
        if (dispose === void 0) {
            if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
            dispose = value[Symbol.dispose];
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





const SMTP_BOUNDS = {
    connect: 10_000,
    greeting: 30_000,
    reply: 15_000,
    handshake: 15_000,
    session: 60_000,
    pause: 5_000,
};
async function probeAddress(target, way) {
    const first = await smtp_client_attempt(target, way);
    if (!first.again || way.deadline.remaining() <= way.bounds.pause)
        return first.session;
    await (0,promises_namespaceObject.setTimeout)(way.bounds.pause);
    return (await smtp_client_attempt(target, way)).session;
}
async function smtp_client_attempt(target, way) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const late = () => ({ kind: "timed-out" });
        const dialled = await way.deadline.within(way.bounds.connect, (signal) => dial(target, way.route, signal), late);
        way.onDialled?.(dialled);
        if (dialled.kind !== "open")
            return { session: observed(smtp_client_unopened(dialled), way), again: dialled.kind === "refused" };
        const connection = __addDisposableResource(env_1, new SmtpConnection(dialled.socket), false);
        const dialogue = { connection, way, host: target.name, step: "greeting" };
        const session = await way.deadline.within(way.bounds.session, () => converse(dialogue), () => smtp_client_unreachable(dialogue.step, TIMED_OUT));
        const again = session.kind === "turned-away" && dialogue.step === "greeting" && session.reply.code < 500;
        return { session: observed(session, way, connection.spoken), again };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
const TIMED_OUT = "timed out";
const smtp_client_unreachable = (step, reason) => ({
    kind: "unreachable",
    step: step === "helo" ? "ehlo" : step,
    reason,
});
const smtp_client_violation = (step, detail) => ({
    kind: "protocol-violation",
    step: step === "helo" ? "ehlo" : step,
    detail,
});
function smtp_client_unopened(dialled) {
    switch (dialled.kind) {
        case "refused":
            return smtp_client_unreachable(dialled.reason === "ECONNRESET" ? "greeting" : "connect", dialled.reason);
        case "timed-out":
            return smtp_client_unreachable("connect", TIMED_OUT);
        case "no-ipv6":
            return { kind: "unobserved", because: "no-ipv6" };
        case "unobserved":
            return dialled;
    }
}
function observed(session, { route, deadline }, spoken = false) {
    if (session.kind !== "unreachable")
        return session;
    if (session.reason === TIMED_OUT && deadline.expired())
        return { kind: "unobserved", because: "deadline" };
    if (route.proxy === undefined || spoken)
        return session;
    const because = session.reason === TIMED_OUT ? "timed-out" : "unreachable";
    return { kind: "unobserved", because, detail: `nothing came through the proxy: ${session.reason}` };
}
async function converse(dialogue) {
    const { connection, way } = dialogue;
    let step = "greeting";
    for (;;) {
        const bound = step === "greeting" ? way.bounds.greeting : way.bounds.reply;
        const silent = () => ({ kind: "silent" });
        const move = nextMove(step, await way.deadline.within(bound, () => connection.reply(), silent));
        if (move.kind === "end")
            return farewell(connection, move.end);
        if (connection.outOfStep())
            return smtp_client_violation(step, "the server spoke before it was asked");
        if (move.kind === "handshake")
            return smtp_client_secure(dialogue);
        step = move.command;
        dialogue.step = step;
        connection.send(step);
    }
}
function farewell(connection, end) {
    switch (end.kind) {
        case "unreachable":
            if (end.step === "starttls" && end.reason === "closed")
                return { kind: "starttls-refused", reply: null };
            return smtp_client_unreachable(end.step, end.reason === "silent" ? TIMED_OUT : connection.ended);
        case "protocol-violation":
            return smtp_client_violation(end.step, end.detail);
        case "no-starttls":
            connection.quit();
            return end;
        case "turned-away":
        case "starttls-refused":
            connection.quit();
            return { kind: end.kind, reply: end.reply };
    }
}
const PASSING = "SSL alert number 80";
async function smtp_client_secure(dialogue) {
    const { connection, way, host: servername } = dialogue;
    dialogue.step = "handshake";
    const outcome = await way.deadline.within(way.bounds.handshake, (signal) => handshake(connection.socket, { servername, anchors: way.anchors, signal }), () => ({ kind: "cut", detail: TIMED_OUT }));
    if (outcome.kind === "cut" || (outcome.kind === "failed" && outcome.detail === PASSING))
        return smtp_client_unreachable("handshake", outcome.detail);
    if (outcome.kind === "failed")
        return { kind: "handshake-failed", detail: outcome.detail };
    connection.quit(outcome.secured);
    const { protocol, chain, trust } = outcome;
    return { kind: "tls", protocol, chain, trust };
}

;// CONCATENATED MODULE: external "node:dns"
const external_node_dns_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns");
;// CONCATENATED MODULE: ./build/world/system-resolver.js


function systemServers(texts = (0,external_node_dns_namespaceObject.getServers)()) {
    const [first, ...others] = texts.flatMap(server);
    if (first !== undefined)
        return [first, ...others];
    throw new OptionError("resolver", "This system names no DNS server, so nothing can be looked up; give one as resolver, such as 192.0.2.53:53.");
}
const BRACKETED = /^\[(?<address>[^\]]+)\](?::(?<port>[0-9]{1,5}))?$/;
const system_resolver_IPV4 = /^(?<address>[0-9.]+)(?::(?<port>[0-9]{1,5}))?$/;
const BARE_IPV6 = /^(?<address>[0-9a-f:.]+(?:%.+)?)$/i;
const NOWHERE = new Set(["0.0.0.0", "::"]);
function server(text) {
    const groups = (BRACKETED.exec(text) ?? system_resolver_IPV4.exec(text) ?? BARE_IPV6.exec(text))?.groups;
    const address = groups?.["address"];
    const port = Number(groups?.["port"] ?? 53);
    return address === undefined || NOWHERE.has(address) || port === 0 || port > 65_535 ? [] : [{ address, port }];
}

;// CONCATENATED MODULE: ./build/world/trust-anchors.js



const CIPHERS = [
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_AES_128_GCM_SHA256",
    "DEFAULT:!aNULL:!eNULL:@SECLEVEL=0",
].join(":");
function createTrustAnchors(caText) {
    const added = caText === undefined ? [] : certificatesOf(caText);
    const context = (0,external_node_tls_namespaceObject.createSecureContext)({
        ca: [...external_node_tls_namespaceObject.rootCertificates, ...added.map(String)],
        minVersion: "TLSv1",
        maxVersion: "TLSv1.3",
        ciphers: CIPHERS,
        ecdhCurve: "auto",
    });
    const from = caText === undefined ? "" : ` and ${added.length} from ca-file`;
    let roots;
    return {
        context,
        roots: () => (roots ??= [...external_node_tls_namespaceObject.rootCertificates.map((pem) => new external_node_crypto_namespaceObject.X509Certificate(pem)), ...added]),
        described: `Mozilla roots of Node ${process.versions.node}${from}`,
    };
}
const PEM = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;
function certificatesOf(text) {
    const found = [...text.matchAll(PEM)].map(([, base64 = ""]) => base64);
    const begun = text.match(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/g)?.length ?? 0;
    if (begun === 0)
        throw new OptionError("ca-file", "holds no PEM certificate");
    if (begun !== found.length)
        throw new OptionError("ca-file", "holds a PEM certificate without an end");
    return found.map((base64, index) => {
        try {
            return new external_node_crypto_namespaceObject.X509Certificate(Buffer.from(base64, "base64"));
        }
        catch {
            throw new OptionError("ca-file", `certificate ${index + 1} of it cannot be read`);
        }
    });
}

;// CONCATENATED MODULE: ./build/world/vantage-point.js

function createVantagePoint({ options, resolver, anchors }) {
    const { proxy, allowPrivateNetworks } = options;
    let port25 = "not-asked";
    let ipv6 = "not-asked";
    const sawPolicyHost = (address, { kind }) => {
        if (!(0,external_node_net_namespaceObject.isIPv6)(address) || proxy || kind === "unobserved")
            return;
        if (kind === "open" || kind === "refused")
            ipv6 = "open";
        else if (ipv6 !== "open")
            ipv6 = "none";
    };
    return {
        sawPolicyHost,
        sawMxHost: (address, dialled) => {
            sawPolicyHost(address, dialled);
            if (wasAccepted(dialled))
                port25 = "open";
            else if (port25 === "not-asked" && (dialled.kind === "refused" || dialled.kind === "timed-out"))
                port25 = "blocked";
        },
        describe: () => ({
            port25: proxy ? "proxied" : port25,
            ipv6,
            resolver,
            proxy: proxy ? proxyText(proxy) : null,
            trustAnchors: anchors.described,
            privateNetworks: allowPrivateNetworks ? "allowed" : "refused",
        }),
    };
}
const wasAccepted = (dialled) => dialled.kind === "open" || (dialled.kind === "refused" && dialled.reason === "ECONNRESET");
const proxyText = ({ host, port }) => `${(0,external_node_net_namespaceObject.isIPv6)(host) ? `[${host}]` : host}:${port}`;

;// CONCATENATED MODULE: ./build/world/internet.js









const LIMITS = {
    connections: 64,
    perProvider: 4,
    smtp: SMTP_BOUNDS,
    fetchMilliseconds: FETCH_MILLISECONDS,
    ports: { smtp: 25, https: 443 },
};
const WHOLE_RUN = 180_000;
const DNS_MILLISECONDS = 10_000;
function limitsWithin(timeout = WHOLE_RUN) {
    const part = Math.min(1, Math.max(0.1, timeout / WHOLE_RUN));
    const { smtp } = LIMITS;
    return {
        ...LIMITS,
        smtp: {
            connect: smtp.connect * part,
            greeting: smtp.greeting * part,
            reply: smtp.reply * part,
            handshake: smtp.handshake * part,
            session: smtp.session * part,
            pause: smtp.pause * part,
        },
        fetchMilliseconds: LIMITS.fetchMilliseconds * part,
        dnsMilliseconds: DNS_MILLISECONDS * part,
    };
}
function createNetwork({ options, caText, deadline, limits: given }) {
    const limits = { ...limitsWithin(options.timeout), ...given };
    const anchors = createTrustAnchors(caText);
    const contacts = createContactList();
    const servers = serversOf(options);
    const step = limits.dnsMilliseconds;
    const resolver = createResolver({
        servers,
        deadline,
        onContact: contacts.add,
        ...(step === undefined ? {} : { stepMilliseconds: step }),
    });
    const route = { allowPrivate: options.allowPrivateNetworks, proxy: options.proxy, onContact: contacts.add };
    const vantage = createVantagePoint({ options, resolver: resolverText(options, servers), anchors });
    const outlet = { way: { route, anchors, deadline }, limits, vantage };
    return {
        txt: resolver.txt,
        mx: resolver.mx,
        addresses: resolver.addresses,
        fetchPolicy: sharedWhileInFlight(policyAsker(outlet)),
        probe: once(mxAsker(outlet)),
        vantage: vantage.describe,
        contacts: contacts.list,
    };
}
function policyAsker({ way, limits, vantage }) {
    const pool = createSemaphore(limits.connections);
    return (policyHost, address) => {
        const target = { policyHost, address, port: limits.ports.https };
        const onDialled = (dialled) => vantage.sawPolicyHost(address, dialled);
        return pool.run(() => fetchPolicyFrom(target, { ...way, milliseconds: limits.fetchMilliseconds, onDialled }));
    };
}
function mxAsker({ way, limits, vantage }) {
    const pooled = createPools(limits.connections, limits.perProvider);
    return (host, address) => {
        const target = { purpose: "mx", name: host, address, port: limits.ports.smtp };
        const onDialled = (dialled) => vantage.sawMxHost(address, dialled);
        return pooled(host, async () => {
            const at = new Date().toISOString();
            return { address, at, session: await probeAddress(target, { ...way, bounds: limits.smtp, onDialled }) };
        });
    };
}
function once(ask) {
    const asked = new Map();
    return (host, address) => {
        const key = `${host} ${address}`;
        const answer = asked.get(key) ?? ask(host, address);
        asked.set(key, answer);
        return answer;
    };
}
function sharedWhileInFlight(ask) {
    const inFlight = new Map();
    return (host, address) => {
        const key = `${host} ${address}`;
        const answer = inFlight.get(key) ?? ask(host, address).finally(() => inFlight.delete(key));
        inFlight.set(key, answer);
        return answer;
    };
}
function createPools(overall, perProvider) {
    const all = createSemaphore(overall);
    const pools = new Map();
    return (host, work) => {
        const provider = host.split(".").slice(-2).join(".");
        const pool = pools.get(provider) ?? createSemaphore(perProvider);
        pools.set(provider, pool);
        return pool.run(() => all.run(work));
    };
}
function serversOf({ resolver }) {
    return resolver.kind === "system" ? systemServers() : [{ address: resolver.address, port: resolver.port }];
}
function resolverText({ resolver }, servers) {
    const texts = servers.map(serverText).join(", ");
    return resolver.kind === "system" ? `system (${texts})` : texts;
}

;// CONCATENATED MODULE: external "node:child_process"
const external_node_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");
;// CONCATENATED MODULE: ./build/world/git-command.js



const MOST_OUTPUT = 256 * 1024 * 1024;
function startGit({ directory, workspace }, args) {
    const configured = ["core.fsmonitor=false", "core.hooksPath=/dev/null", "protocol.allow=never"];
    return (0,external_node_child_process_namespaceObject.spawn)("git", ["--no-pager", "--literal-pathspecs", ...configured.flatMap((setting) => ["-c", setting]), ...args], {
        cwd: (0,external_node_path_namespaceObject.parse)(directory).root,
        env: environment(directory, workspace),
        stdio: ["pipe", "pipe", "pipe"],
        shell: false,
        windowsHide: true,
    });
}
function environment(directory, workspace) {
    return {
        PATH: trustedPath(workspace),
        GIT_DIR: directory,
        LC_ALL: "C",
        HOME: "/nonexistent",
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_CONFIG_SYSTEM: "/dev/null",
        GIT_CONFIG_GLOBAL: "/dev/null",
        GIT_ATTR_NOSYSTEM: "1",
        GIT_NO_REPLACE_OBJECTS: "1",
        GIT_NO_LAZY_FETCH: "1",
        GIT_ALLOW_PROTOCOL: "none",
        GIT_OPTIONAL_LOCKS: "0",
        GIT_TERMINAL_PROMPT: "0",
    };
}
function trustedPath(workspace) {
    const inside = (0,external_node_path_namespaceObject.resolve)(workspace);
    const folders = (process.env["PATH"] ?? "").split(":");
    return folders
        .filter((folder) => (0,external_node_path_namespaceObject.isAbsolute)(folder) && (0,external_node_path_namespaceObject.resolve)(folder) !== inside && !(0,external_node_path_namespaceObject.resolve)(folder).startsWith(inside + external_node_path_namespaceObject.sep))
        .join(":");
}
function runGit(calls, args) {
    const child = startGit(calls, args);
    child.stdin?.on("error", ignore);
    child.stdin?.end();
    child.stderr?.resume();
    const chunks = [];
    let size = 0;
    const name = args[0] ?? "";
    const work = new Promise((settle, reject) => {
        child.on("error", (error) => reject(notStarted(error)));
        child.stdout?.on("data", (chunk) => {
            chunks.push(chunk);
            size += chunk.length;
            if (size > MOST_OUTPUT)
                reject(new CollectError(`git ${name} gave more than 256 MiB, so the repository cannot be read`));
        });
        child.on("close", (status) => settle({ status: status ?? -1, stdout: Buffer.concat(chunks) }));
    });
    return withinPatience(calls, name, work).finally(() => child.kill("SIGKILL"));
}
function withinPatience({ signal, patience }, name, work) {
    return new Promise((settle, reject) => {
        const late = () => {
            end();
            reject(new CollectError(`git ${name} gave no answer in time, so the repository could not be read`));
        };
        const timer = setTimeout(late, patience);
        const end = () => {
            clearTimeout(timer);
            signal.removeEventListener("abort", late);
        };
        signal.addEventListener("abort", late, { once: true });
        if (signal.aborted)
            late();
        work.then(settle, reject).finally(end);
    });
}
function notStarted(error) {
    return "code" in error && error.code === "ENOENT"
        ? new OptionError("git", "the program git is not installed on this machine, and the repository is read through it")
        : new CollectError("git could not be started, so the repository could not be read");
}
function ignore() {
}

;// CONCATENATED MODULE: external "node:fs/promises"
const external_node_fs_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
;// CONCATENATED MODULE: ./build/world/git-directory.js



async function gitDirectory(workspace) {
    for (let folder = (0,external_node_path_namespaceObject.resolve)(workspace);; folder = (0,external_node_path_namespaceObject.dirname)(folder)) {
        const found = await namedBy((0,external_node_path_namespaceObject.join)(folder, ".git"));
        if (found !== undefined)
            return found;
        if ((0,external_node_path_namespaceObject.dirname)(folder) === folder)
            throw noCheckout();
    }
}
async function namedBy(path) {
    const entry = await (0,external_node_fs_promises_namespaceObject.stat)(path).catch(() => undefined);
    if (entry?.isDirectory())
        return path;
    if (!entry?.isFile() || entry.size > 4096)
        return undefined;
    const [, named] = /^gitdir: (.+?)\r?\n?$/.exec(await (0,external_node_fs_promises_namespaceObject.readFile)(path, "utf8")) ?? [];
    if (named === undefined)
        return undefined;
    return (0,external_node_path_namespaceObject.isAbsolute)(named) ? named : (0,external_node_path_namespaceObject.resolve)((0,external_node_path_namespaceObject.dirname)(path), named);
}
function noCheckout() {
    return new OptionError("checkout", "no git repository is here, so nothing can be judged: was the checkout forgotten? Run actions/checkout before this step", { allowed: ["uses: actions/checkout with fetch-depth: 2"] });
}

;// CONCATENATED MODULE: ./build/world/git-tree.js


const LARGEST_BLOB = 1024 * 1024;
function gitTree(calls, objects, commit) {
    let listed;
    const list = () => (listed ??= listBlobs(calls, commit));
    return {
        list: async () => [...(await list()).values()].map(({ path, size }) => ({ path, size })),
        read: async (path) => {
            const blob = (await list()).get(path);
            if (!blob)
                return undefined;
            if (blob.size > LARGEST_BLOB)
                throw tooLarge(path, blob.size);
            const object = await objects.read(blob.id, LARGEST_BLOB);
            if (object?.type !== "blob" || !object.bytes)
                throw absent(path);
            return object.bytes;
        },
    };
}
async function listBlobs(calls, commit) {
    const { status, stdout } = await runGit(calls, ["ls-tree", "-r", "-z", "-l", "--full-tree", commit]);
    if (status !== 0)
        throw new CollectError("git could not list the files of the commit under review");
    const blobs = new Map();
    for (const line of nulSeparated(stdout)) {
        const [, mode, id, size, path] = /^([0-7]{6}) [a-z]+ ([0-9a-f]+) +([0-9]+|-)\t([^]+)$/.exec(line) ?? [];
        if (mode?.startsWith("100") && id && path !== undefined)
            blobs.set(path, { path, id, size: size === "-" ? -1 : Number(size) });
    }
    return blobs;
}
function nulSeparated(bytes) {
    const texts = [];
    for (let start = 0; start < bytes.length;) {
        const found = bytes.indexOf(0, start);
        const end = found < 0 ? bytes.length : found;
        texts.push(pathText(bytes.subarray(start, end)));
        start = end + 1;
    }
    return texts;
}
const git_tree_STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
function pathText(bytes) {
    try {
        return git_tree_STRICT.decode(bytes);
    }
    catch {
        return bytes.toString("latin1").replaceAll(/[\x80-\xff]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`);
    }
}
function tooLarge(path, size) {
    return new CollectError(`${path} has ${size} octets; a file of more than ${LARGEST_BLOB} is not read, so what it says is not known`);
}
function absent(path) {
    return new CollectError(`the clone does not have the contents of ${path}; fetch without a filter, so that it can be judged`);
}

;// CONCATENATED MODULE: ./build/world/git-history.js



const MOST_VERSIONS = 200;
const LARGEST_TREE = 64 * 1024 * 1024;
async function pathHistory(calls, objects, { commit, path }) {
    const limit = `--max-count=${MOST_VERSIONS + 1}`;
    const { status, stdout } = await runGit(calls, [
        "rev-list",
        "--first-parent",
        "--timestamp",
        limit,
        commit,
        "--",
        path,
    ]);
    if (status !== 0)
        throw new CollectError("git could not walk the history of the base branch");
    const commits = [...stdout.toString("latin1").matchAll(/^([0-9]+) ([0-9a-f]+)$/gm)];
    const versions = [];
    for (const [, seconds, id] of commits.slice(0, MOST_VERSIONS)) {
        const bytes = await pathAt(objects, id, path);
        if (bytes === "unread")
            return { versions, complete: false };
        versions.push({ commit: id, at: new Date(Number(seconds) * 1000).toISOString(), bytes });
    }
    return { versions, complete: commits.length <= MOST_VERSIONS && (await reachesRoot(calls, objects, commit)) };
}
async function reachesRoot(calls, objects, commit) {
    const { status, stdout } = await runGit(calls, ["rev-list", "--first-parent", "--max-parents=0", commit]);
    const [last] = stdout.toString("latin1").trim().split("\n").slice(-1);
    if (status !== 0 || !last)
        return false;
    const object = await objects.read(last, LARGEST_BLOB);
    return object?.bytes !== undefined && parentIds(object.bytes).length === 0;
}
function parentIds(commit) {
    return [...header(commit).matchAll(/^parent ([0-9a-f]+)$/gm)].map(([, id]) => id);
}
const header = (commit) => commit.toString("latin1").split("\n\n", 1)[0] ?? "";
async function pathAt(objects, commit, path) {
    const object = await objects.read(commit, LARGEST_BLOB);
    let [, id] = /^tree ([0-9a-f]+)$/m.exec(object?.bytes ? header(object.bytes) : "") ?? [];
    const parts = path.split("/");
    for (const [index, part] of parts.entries()) {
        const tree = id === undefined ? undefined : await objects.read(id, LARGEST_TREE);
        if (!tree?.bytes || tree.type !== "tree")
            return "unread";
        const child = childOf(tree.bytes, part, id.length / 2);
        const last = index === parts.length - 1;
        if (!child?.mode.startsWith(last ? "100" : "40"))
            return null;
        id = child.id;
    }
    const blob = await objects.read(id, LARGEST_BLOB);
    return blob?.bytes ?? "unread";
}
function childOf(tree, name, width) {
    const wanted = Buffer.from(name);
    for (let at = 0; at < tree.length;) {
        const space = tree.indexOf(32, at);
        const nul = tree.indexOf(0, space);
        if (space < 0 || nul < 0)
            return undefined;
        if (tree.subarray(space + 1, nul).equals(wanted))
            return { mode: tree.toString("latin1", at, space), id: tree.toString("hex", nul + 1, nul + 1 + width) };
        at = nul + 1 + width;
    }
    return undefined;
}

;// CONCATENATED MODULE: ./build/world/git-objects.js


function openObjects(calls) {
    let child;
    let broken;
    const questions = [];
    const fail = (error) => {
        broken ??= error;
        for (const { fail: reject } of questions.splice(0))
            reject(broken);
        child?.kill("SIGKILL");
    };
    const start = () => {
        const started = startGit(calls, ["cat-file", "--batch"]);
        started.stdin?.on("error", ignore);
        started.stderr?.resume();
        started.on("error", (error) => fail(notStarted(error)));
        started.on("close", () => fail(new CollectError("git cat-file ended early, so the repository could not be read")));
        const feed = answers(questions, fail);
        started.stdout?.on("data", feed);
        return started;
    };
    const ask = (id, most) => new Promise((answer, reject) => {
        if (broken)
            return reject(broken);
        child ??= start();
        questions.push({ most, answer, fail: reject });
        child.stdin?.write(`${id}\n`);
    });
    return {
        read: (id, most) => {
            if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id))
                return Promise.reject(new CollectError("not the id of a git object"));
            const work = ask(id, most);
            return withinPatience(calls, "cat-file", work).catch((error) => {
                fail(error);
                throw error;
            });
        },
        close: () => fail(new CollectError("the repository was closed")),
    };
}
function answers(questions, fail) {
    let rest = Buffer.alloc(0);
    let incoming;
    return (chunk) => {
        rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        while (rest.length > 0) {
            if (incoming) {
                rest = git_objects_take(incoming, rest);
                if (incoming.left > 0)
                    return;
                questions.shift()?.answer(git_objects_whole(incoming));
                incoming = undefined;
            }
            else {
                const end = rest.indexOf(10);
                if (end < 0)
                    return rest.length > 256 ? fail(new CollectError("git cat-file gave no answer of its format")) : undefined;
                const header = rest.subarray(0, end).toString("latin1");
                rest = rest.subarray(end + 1);
                const [, type, size] = /^[0-9a-f]+ ([a-z]+) ([0-9]+)$/.exec(header) ?? [];
                const most = questions[0]?.most ?? 0;
                if (type === undefined)
                    questions.shift()?.answer(undefined);
                else
                    incoming = { type, size: Number(size), keep: Number(size) <= most, chunks: [], left: Number(size) + 1 };
            }
        }
    };
}
function git_objects_take(incoming, bytes) {
    const part = bytes.subarray(0, incoming.left);
    if (incoming.keep)
        incoming.chunks.push(part);
    incoming.left -= part.length;
    return bytes.subarray(part.length);
}
function git_objects_whole({ type, size, keep, chunks }) {
    return { type, size, bytes: keep ? Buffer.concat(chunks).subarray(0, size) : undefined };
}

;// CONCATENATED MODULE: ./build/world/git.js






async function openGit({ workspace, signal, patience = 30_000 }) {
    const ended = new AbortController();
    const calls = {
        directory: await gitDirectory(workspace),
        workspace,
        signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal,
        patience,
    };
    const asked = await runGit(calls, ["rev-parse", "--is-shallow-repository"]);
    if (asked.status !== 0)
        throw noCheckout();
    const objects = openObjects(calls);
    return {
        shallow: asked.stdout.toString("latin1").trim() === "true",
        resolveCommit: (rev) => resolveCommit(calls, rev),
        parentsOf: (commit) => parentsOf(objects, commit),
        hasCommit: async (commit) => (await objects.read(commit, LARGEST_BLOB))?.type === "commit",
        tree: (commit) => gitTree(calls, objects, commit),
        changed: (baseCommit, commit) => changed(calls, baseCommit, commit),
        history: (commit, path) => pathHistory(calls, objects, { commit, path }),
        close: () => {
            objects.close();
            ended.abort();
        },
    };
}
async function openRepository(access) {
    const { commit, baseCommit } = access;
    const git = await openGit(access);
    if (!(await git.hasCommit(commit))) {
        git.close();
        throw new CollectError(`the clone does not have the commit under review, ${commit}; check it out before this step`);
    }
    if (!(await git.hasCommit(baseCommit)))
        return { kind: "base-missing", baseCommit, git };
    const repository = {
        commit,
        baseCommit,
        proposed: git.tree(commit),
        base: git.tree(baseCommit),
        changed: () => git.changed(baseCommit, commit),
        history: (path) => git.history(baseCommit, path),
        close: git.close,
    };
    return { kind: "open", repository };
}
function baseMissing(baseCommit) {
    return new OptionError("fetch-depth", `the clone does not have the base ${baseCommit}, so nothing can be compared: set fetch-depth: 2 on actions/checkout`, { allowed: ["fetch-depth: 2", "fetch-depth: 0"] });
}
const REVISION = /^[A-Za-z0-9_@][A-Za-z0-9_./@{}^~+-]{0,255}$/;
async function resolveCommit(calls, rev) {
    if (!REVISION.test(rev))
        throw new OptionError("base", "is a branch, a tag or a commit of the repository");
    const args = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${rev}^{commit}`];
    const { status, stdout } = await runGit(calls, args);
    const id = stdout.toString("latin1").trim();
    return status === 0 && /^[0-9a-f]{40,64}$/.test(id) ? id : undefined;
}
async function parentsOf(objects, commit) {
    const object = await objects.read(commit, LARGEST_BLOB);
    if (object?.type !== "commit" || !object.bytes)
        throw new CollectError(`the clone does not have the commit ${commit}`);
    return parentIds(object.bytes);
}
async function changed(calls, baseCommit, commit) {
    const flags = ["-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", "--no-textconv"];
    const { status, stdout } = await runGit(calls, ["diff-tree", ...flags, baseCommit, commit]);
    if (status !== 0)
        throw new CollectError("git could not compare the change with its base");
    return new Set(nulSeparated(stdout));
}

;// CONCATENATED MODULE: ./build/run/repository.js


async function openAt({ workspace, event, readBase, signal }) {
    const { commit } = event;
    const named = await openGit({ workspace, signal });
    const baseCommit = await baseOf(named, event).finally(named.close);
    const opened = await openRepository({ workspace, signal, commit, baseCommit });
    if (opened.kind === "open") {
        const { repository } = opened;
        return { repository, notes: [], apiHost: undefined, close: repository.close };
    }
    const { git } = opened;
    try {
        if (!readBase)
            throw baseMissing(baseCommit);
        return { ...(await readBase({ git, commit, baseCommit }, signal)), close: git.close };
    }
    catch (error) {
        git.close();
        throw error;
    }
}
async function baseOf(git, { base, commit }) {
    if (base.kind === "commit")
        return base.id;
    if (base.kind === "first-parent") {
        const parents = await git.parentsOf(commit);
        return parents.length > 1 && parents[0] !== undefined ? parents[0] : base.otherwise;
    }
    const found = await git.resolveCommit(base.text);
    if (found !== undefined)
        return found;
    throw new OptionError("base", `${base.text} names no commit in this clone; fetch it, such as with fetch-depth: 0`);
}

;// CONCATENATED MODULE: ./build/run/rooms.js




const ROOMS = { openAt: openAt, collect: collect, createNetwork: createNetwork, gate: gate };

;// CONCATENATED MODULE: ./build/run/runner.js
const SLUG = /^(?!\.)[A-Za-z0-9_.-]{1,100}\/(?!\.{1,2}$)[A-Za-z0-9_.-]{1,100}$/;
const REF = /^[A-Za-z0-9_][A-Za-z0-9_./-]{0,200}$/;
function readRunner(env) {
    const server = urlOf(env["GITHUB_SERVER_URL"]) ?? "https://github.com";
    const repository = runner_matching(SLUG, env["GITHUB_REPOSITORY"]);
    const run = runner_matching(/^[0-9]{1,20}$/, env["GITHUB_RUN_ID"]);
    return {
        workspace: env["GITHUB_WORKSPACE"] || process.cwd(),
        repository,
        apiUrl: urlOf(env["GITHUB_API_URL"]) ?? "https://api.github.com",
        runUrl: repository && run ? `${server}/${repository}/actions/runs/${run}` : undefined,
        rulePage: pageOf(env, server),
    };
}
function pageOf(env, server) {
    const repository = runner_matching(SLUG, env["GITHUB_ACTION_REPOSITORY"]) ?? runner_matching(SLUG, env["GITHUB_REPOSITORY"]) ?? "";
    const ref = runner_matching(REF, env["GITHUB_ACTION_REF"]) ?? "HEAD";
    return (rule) => (repository ? `${server}/${repository}/blob/${ref}/docs/rules/${rule}.md` : `docs/rules/${rule}.md`);
}
const runner_matching = (pattern, text) => text !== undefined && pattern.test(text) ? text : undefined;
function urlOf(text) {
    const url = text && URL.canParse(text) ? new URL(text) : undefined;
    return url && /^https?:$/.test(url.protocol) ? `${url.origin}${url.pathname.replace(/\/+$/, "")}` : undefined;
}

;// CONCATENATED MODULE: ./build/action/bounded-fetch.js
const BODILESS = new Set([101, 103, 204, 205, 304]);
function boundedFetch(fetch, limit) {
    return async (input, init) => {
        const response = await fetch(input, init);
        const { status, statusText, headers } = response;
        const octets = await boundedOctets(response, limit);
        return new Response(BODILESS.has(status) ? null : octets, {
            status,
            statusText,
            headers: new Headers([...headers]),
        });
    };
}
class BodyLimitError extends Error {
    name = "BodyLimitError";
}
async function boundedOctets({ body }, limit) {
    const pieces = [];
    let length = 0;
    for await (const piece of (body ?? [])) {
        length += piece.length;
        if (length > limit)
            throw new BodyLimitError(`the answer is longer than ${limit} octets`);
        pieces.push(piece);
    }
    return Buffer.concat(pieces, length);
}

;// CONCATENATED MODULE: ./build/action/api-failure.js

const BY_STATUS = {
    401: "unauthorized",
    403: "forbidden",
    404: "gone",
    409: "locked",
    410: "gone",
    422: "invalid",
    423: "locked",
};
function failureOf(error) {
    const { status, message = "", cause, response } = (error ?? {});
    if (error instanceof BodyLimitError || cause instanceof BodyLimitError)
        return { kind: "unusable" };
    const headers = response?.headers;
    if (!headers || status === undefined || status >= 500)
        return { kind: "transient" };
    if (status === 429 || (status === 403 && isLimit(headers, message)))
        return { kind: "limited", wait: waitOf(headers) };
    const kind = BY_STATUS[status] ?? "unusable";
    return kind === "limited" ? { kind, wait: null } : { kind };
}
const isLimit = (headers, message) => headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0" || /rate limit|abuse/i.test(message);
const UNSAID_WAIT = 20_000;
function waitOf(headers) {
    const after = headers["retry-after"];
    if (after !== undefined)
        return /^[0-9]{1,5}$/.test(after) ? Number(after) * 1000 : null;
    return headers["x-ratelimit-remaining"] === "0" ? null : UNSAID_WAIT;
}

;// CONCATENATED MODULE: ./build/action/api.js


const api_ATTEMPT = 15_000;
const BODY_LIMIT = 16 * 1024 * 1024;
const QUIET = { debug: api_silent, info: api_silent, warn: api_silent, error: api_silent };
function api_silent() { }
async function openApi(access) {
    const { getOctokit } = await import(/* webpackIgnore: true */ "./later/octokit.js");
    const octokit = getOctokit(access.token, { baseUrl: access.baseUrl, log: QUIET });
    const request = octokit.request;
    const fetch = octokit.request.endpoint.DEFAULTS.request?.["fetch"];
    const end = AbortSignal.any([AbortSignal.timeout(access.budget), ...(access.signal ? [access.signal] : [])]);
    const again = patience(access, end);
    const ask = async (route, parameters, limit = BODY_LIMIT) => {
        if (end.aborted)
            return { kind: "failure", failure: { kind: "late" } };
        try {
            const signal = AbortSignal.any([end, AbortSignal.timeout(api_ATTEMPT)]);
            const options = { signal, redirect: "manual", log: QUIET, fetch: boundedFetch(fetch ?? globalThis.fetch, limit) };
            const { status, data, headers } = await request(route, { ...parameters, request: options });
            if (status >= 300)
                return { kind: "failure", failure: { kind: "redirected" } };
            return { kind: "answer", data, link: headers.link };
        }
        catch (error) {
            return { kind: "failure", failure: end.aborted ? { kind: "late" } : failureOf(error) };
        }
    };
    return {
        host: new URL(access.baseUrl).host,
        again,
        get: async (path, limit) => {
            for (;;) {
                const answer = await ask(`GET ${path}`, {}, limit);
                if (answer.kind === "answer" || !(await again(answer.failure)))
                    return answer;
            }
        },
        write: (method, path, body = {}) => ask(`${method} ${path}`, body),
    };
}
const LONGEST_WAIT = 20_000;
function patience({ retries, wait = sleep }, end) {
    let left = retries;
    let waitedForLimit = false;
    return async (failure) => {
        if (end.aborted || left <= 0 || (failure.kind !== "transient" && failure.kind !== "limited"))
            return false;
        if (failure.kind === "limited" && (waitedForLimit || failure.wait === null || failure.wait > LONGEST_WAIT))
            return false;
        waitedForLimit ||= failure.kind === "limited";
        const backoff = 400 * 2 ** (retries - left) * (0.5 + Math.random());
        left -= 1;
        await wait(failure.kind === "limited" ? (failure.wait ?? 0) : backoff, end);
        return !end.aborted;
    };
}
function sleep(ms, signal) {
    return new Promise((resolve) => {
        const timer = setTimeout(finish, ms);
        function finish() {
            clearTimeout(timer);
            signal.removeEventListener("abort", finish);
            resolve();
        }
        signal.addEventListener("abort", finish);
        if (signal.aborted)
            finish();
    });
}

;// CONCATENATED MODULE: ./build/action/commit-id.js
const isCommitId = (text) => typeof text === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);

;// CONCATENATED MODULE: ./build/action/base-tree.js





const TREE_LIMIT = 48 * 1024 * 1024;
async function repositoryWithBase(api, absent) {
    const { git, commit, baseCommit } = absent;
    const [base, proposed] = await Promise.all([base_tree_listBlobs(api, absent, baseCommit), base_tree_listBlobs(api, absent, commit)]);
    return {
        commit,
        baseCommit,
        proposed: git.tree(commit),
        base: apiTree(api, absent, base),
        changed: async () => differing(base, proposed),
        history: async () => ({ versions: [], complete: false }),
    };
}
const lacking = ({ baseCommit }) => baseMissing(baseCommit);
async function base_tree_listBlobs(api, absent, commit) {
    const answer = await api.get(`/repos/${absent.repository}/git/trees/${commit}?recursive=1`, TREE_LIMIT);
    const { tree, truncated } = (answer.kind === "answer" ? answer.data : {});
    if (truncated !== false || !Array.isArray(tree))
        throw lacking(absent);
    return new Map(tree.flatMap((entry) => base_tree_readEntry(entry) ?? []).map((blob) => [blob.path, blob]));
}
function base_tree_readEntry(entry) {
    const { path, mode, type, sha, size } = (entry ?? {});
    if (type !== "blob" || typeof mode !== "string" || !mode.startsWith("100"))
        return undefined;
    if (typeof path !== "string" || !isCommitId(sha))
        return undefined;
    return { path, id: sha, size: typeof size === "number" ? size : -1 };
}
function differing(base, proposed) {
    const paths = [...new Set([...base.keys(), ...proposed.keys()])];
    return new Set(paths.filter((path) => base.get(path)?.id !== proposed.get(path)?.id));
}
function apiTree(api, absent, blobs) {
    return {
        list: async () => [...blobs.values()].map(({ path, size }) => ({ path, size })),
        read: async (path) => {
            const blob = blobs.get(path);
            if (!blob)
                return undefined;
            if (blob.size > LARGEST_BLOB)
                throw base_tree_tooLarge(path);
            const octets = await readBlob(api, absent, blob.id);
            if (!octets)
                throw lacking(absent);
            if (octets.length > LARGEST_BLOB)
                throw base_tree_tooLarge(path);
            return octets;
        },
    };
}
async function readBlob(api, { repository }, id) {
    const answer = await api.get(`/repos/${repository}/git/blobs/${id}`);
    if (answer.kind === "failure")
        return undefined;
    const { content, encoding } = (answer.data ?? {});
    if (encoding !== "base64" || typeof content !== "string")
        return undefined;
    const octets = Buffer.from(content, "base64");
    return blobId(octets, id.length === 64 ? "sha256" : "sha1") === id ? octets : undefined;
}
const blobId = (octets, algorithm) => (0,external_node_crypto_namespaceObject.createHash)(algorithm).update(`blob ${octets.length}\0`).update(octets).digest("hex");
const base_tree_tooLarge = (path) => new CollectError(`${path} in the base has more than ${LARGEST_BLOB} octets, so what it says is not known`);

;// CONCATENATED MODULE: ./build/action/base-reader.js


const PATIENCE = { budget: 60_000, retries: 2 };
const NOTE = "The clone lacks the base, so it was read through GitHub's API, without its history; `fetch-depth: 2` saves that.";
function baseReader({ repository: slug, apiUrl }, token) {
    if (!token || !slug)
        return undefined;
    return async (absent, signal) => {
        const api = await openApi({ token, baseUrl: apiUrl, signal, ...PATIENCE });
        const repository = await repositoryWithBase(api, { ...absent, repository: slug });
        return { repository, notes: [NOTE], apiHost: api.host };
    };
}

;// CONCATENATED MODULE: ./build/action/event-payload.js



const event_payload_LIMIT = 32 * 1024 * 1024;
function readPayload(path) {
    const payload = parsed(path ? fileText(path) : undefined);
    const at = (names) => names.reduce((value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined), payload);
    const wanted = (names, accept) => {
        const value = at(names);
        if (accept(value))
            return value;
        throw unreadable(`does not say ${names.join(".")}`);
    };
    return {
        text: (...names) => {
            const value = at(names);
            return typeof value === "string" ? value : undefined;
        },
        id: (...names) => wanted(names, isCommitId),
        count: (...names) => wanted(names, isCount),
    };
}
const isRecord = (value) => typeof value === "object" && value !== null;
const isCount = (value) => Number.isSafeInteger(value) && value > 0;
const unreadable = (why) => new OptionError("GITHUB_EVENT_PATH", `the event of this run ${why}, so what it changes is not known`);
function parsed(text) {
    if (text === undefined)
        throw unreadable("has no file");
    try {
        return JSON.parse(text);
    }
    catch {
        throw unreadable("is not JSON");
    }
}
function fileText(path) {
    try {
        return readBounded(path, event_payload_LIMIT);
    }
    catch {
        throw unreadable(`has no readable file of at most ${event_payload_LIMIT} octets`);
    }
}

;// CONCATENATED MODULE: ./build/action/event.js



function readEvent(env, { base, mode }) {
    const name = env["GITHUB_EVENT_NAME"] ?? "";
    event_refuse(name);
    const payload = readPayload(env["GITHUB_EVENT_PATH"]);
    const event = eventOf(name, payload, env);
    if (base !== undefined)
        return { ...event, name, base: { kind: "revision", text: base } };
    if (event.base)
        return { ...event, name, base: event.base };
    throw new OptionError("base", withoutBase(name, mode), { allowed: ["a branch, a tag or a commit id"] });
}
function event_refuse(name) {
    if (name !== "pull_request_target" && name !== "workflow_run")
        return;
    const why = `the event ${name} gives a run the rights of the default branch over a head that anyone may have written`;
    throw new OptionError("on", `${why}, so nothing was judged`, { allowed: ["pull_request", "merge_group", "push"] });
}
function eventOf(name, payload, env) {
    switch (name) {
        case "pull_request":
            return pullRequestEvent(payload, env);
        case "merge_group":
            return mergeGroupEvent(payload);
        case "push":
            return pushEvent(payload);
        default:
            return { commit: commitOf(env), base: undefined, pullRequest: null };
    }
}
function pullRequestEvent(payload, env) {
    const base = payload.id("pull_request", "base", "sha");
    const pullRequest = {
        number: payload.count("pull_request", "number"),
        head: payload.id("pull_request", "head", "sha"),
        from: originOf(payload, env),
    };
    return { commit: commitOf(env), base: { kind: "first-parent", otherwise: base }, pullRequest };
}
function originOf(payload, env) {
    const [head, here] = [
        payload.text("pull_request", "head", "repo", "full_name"),
        payload.text("repository", "full_name"),
    ];
    if (head === undefined || here === undefined || head.toLowerCase() !== here.toLowerCase())
        return "fork";
    const actors = [env["GITHUB_ACTOR"], payload.text("pull_request", "user", "login")];
    return actors.includes("dependabot[bot]") ? "dependabot" : "repository";
}
function mergeGroupEvent(payload) {
    const base = { kind: "commit", id: payload.id("merge_group", "base_sha") };
    return { commit: payload.id("merge_group", "head_sha"), base, pullRequest: null };
}
const NO_COMMIT = /^0+$/;
function pushEvent(payload) {
    const [before, after] = [payload.id("before"), payload.id("after")];
    if (NO_COMMIT.test(after))
        throw new OptionError("on", "this push deletes its branch, so there is nothing to judge");
    const base = NO_COMMIT.test(before) ? undefined : { kind: "commit", id: before };
    return { commit: after, base, pullRequest: null };
}
function withoutBase(name, mode) {
    if (name === "push")
        return "this push created its branch, so the event names no revision to judge against; say `base:`";
    const lack = mode === "auto" ? "mode auto is verify here, which this version does not have" : "the event names no base";
    return `on the event ${name || "(none)"}, ${lack}; say \`base:\` to gate against a revision`;
}
function commitOf(env) {
    const commit = env["GITHUB_SHA"] ?? "";
    if (isCommitId(commit))
        return commit;
    throw new OptionError("GITHUB_SHA", "is no commit id, so the commit to judge is not known");
}

;// CONCATENATED MODULE: ./build/action/inputs.js


const PREFIX = "INPUT_";
const variableOf = (name) => PREFIX + name.toUpperCase();
function readInputs(env) {
    const names = new Map(OPTIONS.map(({ name }) => [variableOf(name), name]));
    const given = {};
    for (const [variable, text] of Object.entries(env)) {
        if (!variable.startsWith(PREFIX) || text === undefined)
            continue;
        const name = names.get(variable);
        if (name === undefined)
            throw unknownInput(variable);
        given[name] = text;
    }
    return given;
}
function unknownInput(variable) {
    const name = variable.slice(PREFIX.length).toLowerCase();
    return new OptionError(name, "is no input of this action", { allowed: OPTIONS.map((option) => option.name) });
}

;// CONCATENATED MODULE: ./build/action/comment-body.js
const STAMP = /^<!-- as of ([0-9TZ:.+-]{10,40}) head ([0-9a-f]{40,64}) -->$/;
function stampedBody(report, marker, { asOf, head }) {
    const text = firstLine(report) === marker ? report.slice(marker.length + 1) : report;
    return `${marker}\n<!-- as of ${asOf} head ${head} -->\n${text}`.trimEnd();
}
function stampOf(body) {
    const [, asOf, head] = STAMP.exec(comment_body_linesOf(body)[1] ?? "") ?? [];
    return asOf !== undefined && head !== undefined ? { asOf, head } : undefined;
}
const saysTheSame = (a, b) => undated(a) === undated(b);
const undated = (body) => comment_body_linesOf(body)
    .filter((line) => !STAMP.test(line))
    .join("\n")
    .trimEnd();
const comment_body_linesOf = (body) => body.split(/\r?\n/);
const firstLine = (text) => text.split("\n", 1)[0] ?? "";

;// CONCATENATED MODULE: ./build/action/comment-list.js
const PAGES = 30;
const PER_PAGE = 100;
async function listOwn(api, path, own) {
    const comments = [];
    for (let page = 1; page <= PAGES; page += 1) {
        const answer = await api.get(`${path}?per_page=${PER_PAGE}&page=${page}`);
        if (answer.kind === "failure")
            return { kind: "failed", failure: answer.failure };
        const next = nextHost(answer.link);
        if (!Array.isArray(answer.data))
            return { kind: "failed", failure: { kind: "unusable" } };
        if (next !== undefined && next !== api.host)
            return { kind: "failed", failure: { kind: "redirected" } };
        comments.push(...answer.data.flatMap((item) => readComment(item) ?? []).filter((it) => isOwn(it, own)));
        if (next === undefined || answer.data.length === 0)
            return { kind: "comments", comments: sorted(comments), complete: true };
    }
    return { kind: "comments", comments: sorted(comments), complete: false };
}
function readComment(item) {
    const { id, body, user } = (item ?? {});
    if (!Number.isSafeInteger(id) || typeof body !== "string")
        return undefined;
    if (typeof user?.login !== "string" || typeof user.type !== "string")
        return undefined;
    return { id: id, body, author: { login: user.login, type: user.type } };
}
const isOwn = ({ body, author }, own) => author.login === own.author.login && author.type === own.author.type && body.split(/\r?\n/, 1)[0] === own.marker;
const sorted = (comments) => comments.toSorted((a, b) => a.id - b.id);
function nextHost(link) {
    const next = link?.split(",").find((part) => part.includes('rel="next"'));
    if (next === undefined)
        return undefined;
    const url = /<([^<>]*)>/.exec(next)?.[1] ?? "";
    return URL.canParse(url) ? new URL(url).host : "";
}

;// CONCATENATED MODULE: ./build/action/comment-notes.js
const ELSEWHERE = "the annotations and the job summary say everything";
const NOTES = {
    moved: `The pull request has a newer head, so no comment was written for this one; ${ELSEWHERE}.`,
    newerRun: `A run with newer evidence has already written the comment, so this one left it as it is; ${ELSEWHERE}.`,
    crowded: `The pull request has more than 3,000 comments, so none was added; ${ELSEWHERE}.`,
    noToken: `There is no \`github-token\`, so no comment was written; ${ELSEWHERE}.`,
};
const ORIGINS = {
    repository: "give the job `permissions: pull-requests: write`, or set `comment: never`",
    fork: "runs for a fork cannot have `pull-requests: write`, which a comment needs",
    dependabot: "runs for Dependabot cannot have `pull-requests: write` unless the workflow's permissions grant it",
};
const comment_notes_REASONS = {
    transient: "GitHub's API did not answer",
    limited: "GitHub's rate limit is reached",
    unauthorized: "GitHub refused the token",
    gone: "the token cannot see the pull request",
    locked: "the conversation is locked",
    invalid: "GitHub refused the text",
    redirected: "GitHub's API pointed to another place, which is not followed",
    late: "the time for GitHub's API was up",
    unusable: "GitHub's API gave no usable answer",
};
function failureNote({ kind }, { from }) {
    const reason = kind === "forbidden" ? `the token may not write one (${ORIGINS[from]})` : comment_notes_REASONS[kind];
    return `No comment was written because ${reason}; ${ELSEWHERE}.`;
}

;// CONCATENATED MODULE: ./build/action/comment.js



const ACTIONS_BOT = { login: "github-actions[bot]", type: "Bot" };
async function keepComment(api, order) {
    if (order.when === "never")
        return { kind: "skipped" };
    const author = order.askViewer ? await viewer(api) : ACTIONS_BOT;
    if ("kind" in author)
        return skipped(failureNote(author, order.pullRequest));
    for (let written = false;; written = true) {
        const attempt = await attemptOnce(api, order, author);
        if (attempt.kind === "unchanged" && written)
            return { ...attempt, kind: "written" };
        if (attempt.kind !== "failed")
            return attempt;
        if (!(await api.again(attempt.failure)))
            return skipped(failureNote(attempt.failure, order.pullRequest));
    }
}
async function viewer(api) {
    const answer = await api.get("/user");
    if (answer.kind === "answer") {
        const { login, type } = (answer.data ?? {});
        return typeof login === "string" && typeof type === "string" ? { login, type } : { kind: "unusable" };
    }
    return answer.failure.kind === "forbidden" ? ACTIONS_BOT : answer.failure;
}
const comment_pathOf = ({ repository, pullRequest }) => `/repos/${repository}/issues/${pullRequest.number}/comments`;
const commentPath = ({ repository }, id) => `/repos/${repository}/issues/comments/${id}`;
const skipped = (note) => ({
    kind: "skipped",
    ...(note === undefined ? {} : { note }),
});
async function attemptOnce(api, order, author) {
    const list = await listOwn(api, comment_pathOf(order), { marker: order.marker, author });
    if (list.kind === "failed")
        return list;
    const [kept, ...duplicates] = list.comments;
    if (!kept && !list.complete)
        return skipped(NOTES.crowded);
    if (!kept && order.when === "auto" && !order.touchesMail)
        return { kind: "skipped" };
    await deleteAll(api, order, duplicates);
    if (kept && isNewer(kept, order))
        return skipped(NOTES.newerRun);
    const body = stampedBody(order.body, order.marker, { asOf: order.asOf, head: order.pullRequest.head });
    if (kept && saysTheSame(kept.body, body))
        return { kind: "unchanged", id: kept.id };
    const moved = await headMoved(api, order);
    if (moved)
        return moved;
    return kept ? update(api, order, kept.id) : create(api, order);
}
function isNewer({ body }, { asOf, pullRequest }) {
    const stamp = stampOf(body);
    const [theirs, ours] = [Date.parse(stamp?.asOf ?? ""), Date.parse(asOf)];
    return stamp?.head === pullRequest.head && theirs > ours && theirs < Date.now() + 300_000;
}
async function headMoved(api, { repository, pullRequest }) {
    const answer = await api.get(`/repos/${repository}/pulls/${pullRequest.number}`);
    if (answer.kind === "failure")
        return { kind: "failed", failure: answer.failure };
    const head = answer.data?.head?.sha;
    if (typeof head !== "string")
        return { kind: "failed", failure: { kind: "unusable" } };
    return head === pullRequest.head ? undefined : skipped(NOTES.moved);
}
async function comment_send(order, write) {
    const stamp = { asOf: order.asOf, head: order.pullRequest.head };
    const answer = await write(stampedBody(order.body, order.marker, stamp));
    if (answer.kind === "answer" || answer.failure.kind !== "invalid")
        return answer;
    return write(stampedBody(order.shortBody, order.marker, stamp));
}
async function update(api, order, id) {
    const answer = await comment_send(order, (body) => api.write("PATCH", commentPath(order, id), { body }));
    if (answer.kind === "answer")
        return { kind: "written", id };
    return answer.failure.kind === "gone" ? create(api, order) : { kind: "failed", failure: answer.failure };
}
async function create(api, order) {
    const answer = await comment_send(order, (body) => api.write("POST", comment_pathOf(order), { body }));
    if (answer.kind === "failure")
        return { kind: "failed", failure: answer.failure };
    const created = readComment(answer.data);
    return created ? comment_settle(api, order, created) : { kind: "failed", failure: { kind: "unusable" } };
}
async function comment_settle(api, order, created) {
    const list = await listOwn(api, comment_pathOf(order), { marker: order.marker, author: created.author });
    if (list.kind === "failed")
        return { kind: "written", id: created.id };
    const [kept = created, ...duplicates] = list.comments;
    await deleteAll(api, order, duplicates);
    if (kept.id === created.id || isNewer(kept, order) || saysTheSame(kept.body, created.body))
        return { kind: "written", id: kept.id };
    const answer = await api.write("PATCH", commentPath(order, kept.id), { body: created.body });
    return answer.kind === "answer" ? { kind: "written", id: kept.id } : { kind: "failed", failure: answer.failure };
}
async function deleteAll(api, order, comments) {
    for (const { id } of comments)
        await api.write("DELETE", commentPath(order, id));
}

;// CONCATENATED MODULE: ./build/action/pull-request.js




const pull_request_LONGEST = 60_000;
const SHORTEST = 5_000;
const RETRIES = 3;
async function tellPullRequest(question, judged, body) {
    const { options, event, runner } = question;
    const { pullRequest } = event;
    const { comment: when, githubToken: token } = options;
    if (!pullRequest || when === "never")
        return { kind: "skipped" };
    const wanted = when === "always" || judged.sum.touchesMail;
    if (!token || !runner.repository)
        return wanted ? { kind: "skipped", note: NOTES.noToken } : { kind: "skipped" };
    const marker = commentMarker(labelOf(options));
    const budget = Math.ceil(Math.max(SHORTEST, Math.min(pull_request_LONGEST, judged.timeLeft)));
    const api = await openApi({ token, baseUrl: runner.apiUrl, budget, retries: RETRIES });
    const contact = { purpose: "api", name: api.host, address: "", port: 443 };
    const result = await keepComment(api, {
        repository: runner.repository,
        pullRequest,
        marker,
        body,
        shortBody: shortBody(judged, marker, runner.runUrl),
        when,
        touchesMail: judged.sum.touchesMail,
        asOf: judged.run.asOf,
        askViewer: !token.startsWith("ghs_"),
    });
    return { ...(wanted || result.kind !== "skipped" ? result : { kind: "skipped" }), contact };
}
const labelOf = ({ label }) => label ?? "default";
function shortBody({ run }, marker, runUrl) {
    const { domains, errors, warnings, unknowns } = run.counts;
    const counts = `${domains} domains: ${errors} errors, ${warnings} warnings, ${unknowns} unknowns.`;
    const where = runUrl === undefined ? "the job summary" : `[the job summary](${runUrl})`;
    return `${marker}\n## Verdict: ${run.verdict}\n\n${counts} GitHub refused the whole report as a comment; ${where} has it.\n`;
}

;// CONCATENATED MODULE: ./build/action/run.js















async function run(stage, rooms = ROOMS) {
    const options = parseOptions(readInputs(stage.env));
    const runner = readRunner(stage.env);
    const event = readEvent(stage.env, options);
    const question = {
        options,
        event,
        runner,
        caText: caText(options, runner.workspace),
        readBase: baseReader(runner, options.githubToken),
    };
    const file = options.reportFile === undefined ? undefined : openReportFile(runner.workspace, options.reportFile);
    try {
        const reports = openReporters(REPORTERS, contextOf(options, runner), { ...stage, reportFile: file });
        const judged = await judgeChange(question, reports.add, rooms);
        const status = exitStatus(judged.run.verdict, judged.run.counts, options);
        const facts = { ...judged.run, notes: [...judged.run.notes, ...passedOn(status, judged.run)] };
        await deliver({ stage, question, reports, file }, { ...judged, run: facts });
        return status;
    }
    finally {
        file?.discard();
    }
}
async function deliver({ stage, question, reports, file }, judged) {
    reports.log(judged.run);
    const comment = await tellPullRequest(question, judged, reports.comment(judged.run));
    if (comment.note !== undefined)
        stage.print(told("notice", comment.note));
    const notes = [...judged.run.notes, ...(comment.note === undefined ? [] : [comment.note])];
    reports.files({ ...judged.run, notes, contacts: withContact(judged.run.contacts, comment.contact) });
    writeOutputs(stage.env, outputsOf(judged, comment, file));
}
function withContact(contacts, met) {
    const known = met === undefined || contacts.some(({ purpose, name }) => purpose === met.purpose && name === met.name);
    return known ? contacts : [...contacts, met];
}
function outputsOf({ run: { verdict, counts }, sum }, comment, file) {
    return {
        verdict,
        ...counts,
        "report-file": file?.path ?? "",
        "suggested-id": sum.suggestedId ?? "",
        "comment-id": String(comment.id ?? ""),
    };
}
const contextOf = (options, { rulePage, runUrl }) => ({
    label: labelOf(options),
    rulePage,
    ...(runUrl === undefined ? {} : { runUrl }),
});
function passedOn(status, { verdict }) {
    if (status !== 0 || verdict === "ready")
        return [];
    return [`The verdict is ${verdict}; the step passes all the same, because fail-on or on-unknown says so.`];
}

;// CONCATENATED MODULE: ./build/action/main.js





process.exitCode = 1;
const { env } = process;
process.stdout.on("error", () => undefined);
const print = (text) => void process.stdout.write(text);
let main_settled = false;
const LINGER = 500;
function main_end(status) {
    main_settled = true;
    process.exitCode = status;
    setTimeout(() => process.exit(), LINGER).unref();
}
function fail(error) {
    const { status, line, summary } = runFailure(error);
    print(line);
    writeSummary({ env, print }, summary);
    main_end(status);
}
function abandon(line, status) {
    print(line);
    try {
        writeOutputs(env, { verdict: "unknown" });
    }
    finally {
        process.exit(status);
    }
}
for (const event of ["uncaughtException", "unhandledRejection"])
    process.on(event, (error) => abandon(runFailure(error).line, 1));
for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, () => abandon(told("error", `stopped by ${signal}; nothing was decided`), 3));
process.on("beforeExit", () => {
    if (!main_settled)
        abandon(told("error", "internal: not finished; nothing was decided"), 1);
});
try {
    writeOutputs(env, { verdict: "unknown" });
    run({ env, print }).then(main_end, fail);
}
catch (error) {
    fail(error);
}

