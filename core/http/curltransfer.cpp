// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/curltransfer.h"

#include "http/proxyrules.h"

#include <QFile>
#include <QHttpHeaders>
#include <QNetworkRequest>

#include <limits>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

void append(std::unique_ptr<curl_slist, CurlTransfer::ListDeleter> &list, const QByteArray &line)
{
    // The returned head is the old one, but for the first line.
    curl_slist *head = curl_slist_append(list.get(), line.constData());
    if (!list) {
        list.reset(head);
    }
}

std::unique_ptr<curl_slist, CurlTransfer::ListDeleter> toList(const QHttpHeaders &headers)
{
    std::unique_ptr<curl_slist, CurlTransfer::ListDeleter> list;
    QByteArray line;
    for (qsizetype i = 0; i < headers.size(); ++i) {
        const QLatin1StringView name = headers.nameAt(i);
        const QByteArrayView value = headers.valueAt(i);
        if (name == "content-length"_L1) {
            continue; // libcurl writes it, from the size of the body
        }
        line.clear();
        line.append(name.data(), name.size());
        // A semicolon is how libcurl is told of a header without a value.
        line.append(value.isEmpty() ? ";" : ": ");
        line.append(value);
        append(list, line);
    }
    // What libcurl would add by itself: a pause before large bodies, and a form's content type.
    append(list, "Expect:"_ba);
    if (!headers.contains(QHttpHeaders::WellKnownHeader::ContentType)) {
        append(list, "Content-Type:"_ba);
    }
    return list;
}

long curlVersion(HttpVersion version)
{
    switch (version) {
    case HttpVersion::Http1:
        return CURL_HTTP_VERSION_1_1;
    case HttpVersion::Automatic:
        return CURL_HTTP_VERSION_2TLS;
    case HttpVersion::Http2:
        return CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE; // over TLS it is all that is offered
    }
    Q_UNREACHABLE_RETURN(CURL_HTTP_VERSION_1_1);
}

} // namespace

Result<CurlTransfer> CurlTransfer::from(
    const QByteArray &verb, const QNetworkRequest &request, const TransportOptions &options)
{
    CurlTransfer transfer;
    const QUrl url = request.url();
    const Result<QUrl> proxy
        = options.unixSocket.isEmpty() ? proxyFor(options.proxy, url) : Result<QUrl>(QUrl());
    if (!proxy) {
        return tl::make_unexpected(proxy.error());
    }
    transfer.verb = verb;
    transfer.url = url.toEncoded(QUrl::RemoveUserInfo | QUrl::RemoveFragment);
    transfer.proxy = *proxy;
    transfer.options = options;
    transfer.isSecure = url.scheme() == "https"_L1;
    transfer.headers = toList(request.headers());
    return transfer;
}

void CurlTransfer::applyTo(CURL *handle) const
{
    // No signals: other threads are at work. Everything that could act behind our back is off by
    // default in libcurl (redirects, cookies, .netrc, HSTS, alt-svc, HTTP/0.9) and stays so.
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    // Else ending a request whose name is being looked up waits until the system's resolver gives
    // up, and with it everything else in this thread.
    curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_URL, url.constData());
    curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(handle, CURLOPT_HTTP_VERSION, curlVersion(options.httpVersion));
    curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(handle, CURLOPT_MAXAGE_CONN, long(options.reuseWithin.count()));
    // Zero would mean libcurl's own 300 s.
    const qint64 timeout = options.connectTimeout.count();
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS,
        timeout > 0 ? long(timeout) : long(std::numeric_limits<int>::max()));
    // One read a turn (see sendrecv_dl() in libcurl's lib/transfer.c): any limit of speed ends
    // libcurl's habit of reading until the socket is empty. This one is never reached. It saves a
    // system call an event, and gives each read a time of its own.
    curl_easy_setopt(
        handle, CURLOPT_MAX_RECV_SPEED_LARGE, std::numeric_limits<curl_off_t>::max() / 2);
    curl_easy_setopt(handle, CURLOPT_BUFFERSIZE, 128L * 1024);
    if (!options.unixSocket.isEmpty()) {
        curl_easy_setopt(
            handle, CURLOPT_UNIX_SOCKET_PATH, QFile::encodeName(options.unixSocket).constData());
    }
    applyMethod(handle);
    applyProxy(handle);
    applyTls(handle);
}

void CurlTransfer::applyMethod(CURL *handle) const
{
    if (bodySize) {
        curl_easy_setopt(handle, CURLOPT_POST, 1L);
        curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(*bodySize));
        // libcurl takes this much memory for each request under way, from 16 kB on; a larger
        // piece saves calls for a larger body.
        const qint64 wanted = std::clamp<qint64>(*bodySize + 4096, 16 * 1024, 512 * 1024);
        curl_easy_setopt(handle, CURLOPT_UPLOAD_BUFFERSIZE, long(wanted));
        if (verb != "POST") {
            curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, verb.constData());
        }
        return;
    }
    if (verb == "HEAD") {
        curl_easy_setopt(handle, CURLOPT_NOBODY, 1L);
    } else if (verb == "GET") {
        curl_easy_setopt(handle, CURLOPT_HTTPGET, 1L);
    } else {
        curl_easy_setopt(handle, CURLOPT_CUSTOMREQUEST, verb.constData());
    }
}

void CurlTransfer::applyProxy(CURL *handle) const
{
    // Both set, even if empty: else libcurl looks into the environment by itself.
    curl_easy_setopt(handle, CURLOPT_NOPROXY, "");
    curl_easy_setopt(handle, CURLOPT_PROXY,
        proxy.isEmpty() ? "" : proxy.toEncoded(QUrl::RemoveUserInfo).constData());
    if (proxy.isEmpty()) {
        return;
    }
    curl_easy_setopt(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (!proxy.userName().isEmpty()) {
        curl_easy_setopt(
            handle, CURLOPT_PROXYUSERNAME, proxy.userName(QUrl::FullyDecoded).toUtf8().constData());
        curl_easy_setopt(
            handle, CURLOPT_PROXYPASSWORD, proxy.password(QUrl::FullyDecoded).toUtf8().constData());
    }
}

void CurlTransfer::applyTls(CURL *handle) const
{
    const curl_version_info_data *version = curl_version_info(CURLVERSION_NOW);
    if (version->cainfo || !caBundle.isEmpty()) {
        // A folder of certificates beside the file would keep libcurl from caching the store.
        curl_easy_setopt(handle, CURLOPT_CAPATH, nullptr);
        curl_easy_setopt(handle, CURLOPT_PROXY_CAPATH, nullptr);
    }
    if (!caBundle.isEmpty()) {
        curl_easy_setopt(handle, CURLOPT_CAINFO, caBundle.constData());
        curl_easy_setopt(handle, CURLOPT_PROXY_CAINFO, caBundle.constData());
    }
    const TlsTrust &tls = options.tls;
    if (isSecure && !tls.clientCertificateFile.isEmpty()) {
        const QByteArray certificate = QFile::encodeName(tls.clientCertificateFile);
        const QByteArray key = QFile::encodeName(tls.clientKeyFile);
        curl_easy_setopt(handle, CURLOPT_SSLCERT, certificate.constData());
        curl_easy_setopt(
            handle, CURLOPT_SSLKEY, key.isEmpty() ? certificate.constData() : key.constData());
        if (const Secret &passphrase = options.clientKeyPassphrase; !passphrase.isEmpty()) {
            curl_easy_setopt(handle, CURLOPT_KEYPASSWD, passphrase.reveal().toUtf8().constData());
        }
    }
}

} // namespace Lorikeet
