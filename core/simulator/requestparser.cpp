// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/requestparser.h"

#include <algorithm>
#include <cstring>

namespace Lorikeet::Sim {

namespace {

bool isTokenChar(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
        || (c != '\0' && std::strchr("!#$%&'*+-.^_`|~", c) != nullptr);
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool isFieldValue(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(),
        [](char c) { return c == '\t' || (static_cast<quint8>(c) >= 0x20 && c != 0x7f); });
}

/// Whether a comma-separated field value holds `word`, letter case ignored.
bool listHas(const QByteArray &value, QByteArrayView word)
{
    const QList<QByteArray> items = value.split(',');
    return std::any_of(items.begin(), items.end(), [word](const QByteArray &item) {
        return item.trimmed().compare(word, Qt::CaseInsensitive) == 0;
    });
}

} // namespace

RequestParser::RequestParser(Limits limits)
    : m_limits(limits)
{ }

qsizetype RequestParser::feed(QByteArrayView bytes)
{
    qsizetype used = 0;
    while (used < bytes.size() && (m_state == State::Head || m_state == State::Body)) {
        const QByteArrayView rest = bytes.sliced(used);
        used += m_state == State::Head ? feedHead(rest) : feedBody(rest);
    }
    return used;
}

void RequestParser::reset() { *this = RequestParser(m_limits); }

/// Takes one line of the head, or what there is of it.
qsizetype RequestParser::feedHead(QByteArrayView bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    const qsizetype taken = end < 0 ? bytes.size() : end + 1;
    if (m_head.size() + taken > m_limits.head) {
        fail(m_head.contains('\n') ? 431 : 414, "The request's head is too large.");
        return taken;
    }
    m_head.append(bytes.first(taken));
    if (end < 0) {
        return taken;
    }
    if (m_head == "\r\n") {
        // RFC 9112 §2.2: an empty line before the request line is left over from a careless client.
        m_head.clear();
    } else if (!m_head.endsWith("\r\n")) {
        fail(400, "A line of the head does not end in CRLF.");
    } else if (m_head.endsWith("\r\n\r\n")) {
        parseHead();
    }
    return taken;
}

void RequestParser::parseHead()
{
    const QByteArray head = std::exchange(m_head, {});
    QByteArrayView rest(head.constData(), head.size() - 2);
    bool first = true;
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf("\r\n");
        const QByteArrayView line = rest.first(end);
        if (!(first ? parseRequestLine(line) : parseHeader(line))) {
            return;
        }
        first = false;
        rest = rest.sliced(end + 2);
    }
    if (!decideBody()) {
        return;
    }
    m_expectsContinue = m_state == State::Body && m_request.minorVersion >= 1
        && m_request.header("expect").compare("100-continue", Qt::CaseInsensitive) == 0;
}

bool RequestParser::parseRequestLine(QByteArrayView line)
{
    const qsizetype firstSpace = line.indexOf(' ');
    const qsizetype lastSpace = line.lastIndexOf(' ');
    if (firstSpace <= 0 || lastSpace == firstSpace) {
        return fail(400, "The request line is not 'METHOD TARGET VERSION'.");
    }
    const QByteArrayView version = line.sliced(lastSpace + 1);
    QByteArrayView target = line.sliced(firstSpace + 1, lastSpace - firstSpace - 1);
    if (!isToken(line.first(firstSpace)) || target.isEmpty()
        || !std::all_of(target.begin(), target.end(),
            [](char c) { return static_cast<quint8>(c) > 0x20 && c != 0x7f; })) {
        return fail(400, "The request line is malformed.");
    }
    if (version != "HTTP/1.1" && version != "HTTP/1.0") {
        return version.startsWith("HTTP/") ? fail(505, "Only HTTP/1.1 is spoken here.")
                                           : fail(400, "The request line is malformed.");
    }
    if (target.startsWith("http://") || target.startsWith("https://")) {
        // The absolute form, as sent to proxies: what counts here is the path.
        const qsizetype slash = target.indexOf('/', target.indexOf("//") + 2);
        target = slash < 0 ? QByteArrayView("/") : target.sliced(slash);
    }
    if (!target.startsWith('/') && target != "*") {
        return fail(400, "The request's target is not a path.");
    }
    const qsizetype question = target.indexOf('?');
    m_request.method = line.first(firstSpace).toByteArray();
    m_request.path = (question < 0 ? target : target.first(question)).toByteArray();
    m_request.query = question < 0 ? QByteArray() : target.sliced(question + 1).toByteArray();
    m_request.minorVersion = version.back() - '0';
    return true;
}

bool RequestParser::parseHeader(QByteArrayView line)
{
    const qsizetype colon = line.indexOf(':');
    if (colon < 0 || !isToken(line.first(colon))) {
        return fail(400, "A header line is not 'Name: value'.");
    }
    const QByteArrayView value = line.sliced(colon + 1).trimmed();
    if (!isFieldValue(value)) {
        return fail(400, "A header holds control characters.");
    }
    m_request.headers.append({line.first(colon).toByteArray(), value.toByteArray()});
    return true;
}

bool RequestParser::decideBody()
{
    int hosts = 0;
    bool chunked = false;
    std::optional<QByteArray> length;
    m_request.keepAlive = m_request.minorVersion >= 1;
    for (const auto &[name, value] : std::as_const(m_request.headers)) {
        if (name.compare("host", Qt::CaseInsensitive) == 0) {
            ++hosts;
        } else if (name.compare("connection", Qt::CaseInsensitive) == 0) {
            if (listHas(value, "close")) {
                m_request.keepAlive = false;
            } else if (listHas(value, "keep-alive")) {
                m_request.keepAlive = true;
            }
        } else if (name.compare("transfer-encoding", Qt::CaseInsensitive) == 0) {
            if (chunked || value.compare("chunked", Qt::CaseInsensitive) != 0) {
                return fail(501, "Only the transfer encoding 'chunked' is understood.");
            }
            chunked = true;
        } else if (name.compare("content-length", Qt::CaseInsensitive) == 0) {
            if (length && *length != value) {
                return fail(400, "There are two different Content-Length headers.");
            }
            length = value;
        }
    }
    if (hosts > 1 || (hosts == 0 && m_request.minorVersion >= 1)) {
        return fail(400, "A request needs exactly one Host header.");
    }
    if (chunked && length) {
        return fail(400, "Content-Length and Transfer-Encoding exclude each other.");
    }
    m_state = State::Complete;
    if (chunked) {
        m_state = State::Body;
        m_part = Part::ChunkSize;
    } else if (length) {
        if (length->isEmpty() || !std::all_of(length->begin(), length->end(), [](char c) {
                return c >= '0' && c <= '9';
            })) {
            return fail(400, "The Content-Length is not a number.");
        }
        bool ok = false;
        m_remaining = length->toLongLong(&ok);
        if (!ok || m_remaining > m_limits.body) {
            return fail(413, "The request's body is too large.");
        }
        if (m_remaining > 0) {
            m_state = State::Body;
            m_part = Part::Length;
            m_request.body.reserve(m_remaining);
        }
    }
    return true;
}

qsizetype RequestParser::feedBody(QByteArrayView bytes)
{
    if (m_part != Part::Length && m_part != Part::ChunkData) {
        return feedLine(bytes);
    }
    const qsizetype taken = std::min(m_remaining, bytes.size());
    m_request.body.append(bytes.first(taken));
    m_remaining -= taken;
    if (m_remaining == 0) {
        if (m_part == Part::Length) {
            m_state = State::Complete;
        } else {
            m_part = Part::ChunkEnd;
        }
    }
    return taken;
}

/// The lines between chunks: sizes, the end of each chunk, the trailer.
qsizetype RequestParser::feedLine(QByteArrayView bytes)
{
    const qsizetype end = bytes.indexOf('\n');
    const qsizetype taken = end < 0 ? bytes.size() : end + 1;
    if (m_part == Part::Trailer) {
        m_trailer += taken;
    }
    if (m_head.size() + taken > 4096 || m_trailer > m_limits.head) {
        fail(400, "A line of the chunked body is too long.");
        return taken;
    }
    m_head.append(bytes.first(taken));
    if (end >= 0) {
        endLine();
    }
    return taken;
}

void RequestParser::endLine()
{
    const QByteArray line = std::exchange(m_head, {});
    if (!line.endsWith("\r\n")) {
        fail(400, "A line of the chunked body does not end in CRLF.");
        return;
    }
    const QByteArrayView text = QByteArrayView(line).chopped(2);
    switch (m_part) {
    case Part::ChunkSize:
        chunkSize(text);
        break;
    case Part::ChunkEnd:
        if (text.isEmpty()) {
            m_part = Part::ChunkSize;
        } else {
            fail(400, "A chunk is longer than its size says.");
        }
        break;
    case Part::Trailer:
        // Trailer fields mean nothing here; they are read and left.
        if (text.isEmpty()) {
            m_state = State::Complete;
        }
        break;
    case Part::Length:
    case Part::ChunkData:
        break;
    }
}

void RequestParser::chunkSize(QByteArrayView line)
{
    const qsizetype semicolon = line.indexOf(';');
    const QByteArrayView digits = (semicolon < 0 ? line : line.first(semicolon)).trimmed();
    const bool hexadecimal = !digits.isEmpty() && digits.size() <= 15
        && std::all_of(digits.begin(), digits.end(),
            [](char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; });
    if (!hexadecimal) {
        fail(400, "A chunk size is not a hexadecimal number.");
        return;
    }
    m_remaining = digits.toLongLong(nullptr, 16);
    if (m_remaining > m_limits.body - m_request.body.size()) {
        fail(413, "The request's body is too large.");
        return;
    }
    m_part = m_remaining == 0 ? Part::Trailer : Part::ChunkData;
}

bool RequestParser::fail(int status, const char *text)
{
    m_state = State::Failed;
    m_errorStatus = status;
    m_errorText = text;
    return false;
}

} // namespace Lorikeet::Sim
