// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/apierror.h"
#include "http/httpexchange.h"
#include "model/chatrequest.h"
#include "model/endpoint.h"
#include "model/streamevent.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

class Provider;

/// One case of a dialect, as data: tests/fixtures/<provider>/<case>/ with
///
/// - request.json: endpoint, key and ChatRequest; body.json: the bytes that must go out for it
/// - stream.sse or reply.json: what a server answers, without its head; head.txt: that head, where
///   it matters (status line and header lines)
/// - expected.json: `url` and `headers` sent, the `notes` on that, `events` read, and `error` if it
///   ends in one
/// - error-NAME.http: a whole answer with an error; error-NAME.json: the ApiError it means
///
/// Run with LORIKEET_UPDATE_FIXTURES=1 the tests write body.json, expected.json and error-*.json
/// anew; look at the difference before you commit it.
class ProviderFixture final
{
public:
    /// What is left when a stream was read to its end.
    struct Replay
    {
        StreamEvents events;
        std::optional<ApiError> error;

        friend bool operator==(const Replay &, const Replay &) = default;
    };

    ProviderFixture(const QString &provider, const QString &name);

    [[nodiscard]] static QString folder();
    /// Every case of a provider, as folder names.
    [[nodiscard]] static QStringList names(const QString &provider);

    /// Test data "id", "name", "file": a row for each of `files` that a case has, and for each of
    /// its files that matches `pattern`.
    static void addRows(const QStringList &files, const QString &pattern = {});

    [[nodiscard]] bool has(const QString &file) const;
    [[nodiscard]] QByteArray read(const QString &file) const;
    [[nodiscard]] QJsonObject readJson(const QString &file) const;
    void write(const QString &file, const QByteArray &content) const;
    [[nodiscard]] QStringList files(const QString &pattern) const;

    [[nodiscard]] Target target() const;
    [[nodiscard]] ChatRequest request() const;
    /// The plain reply, or the head of the stream (200 and nothing, without a head.txt).
    [[nodiscard]] HttpReply reply() const;

    /// `pieces` one after the other through the framing parser and the provider's decoder, all
    /// stamped with the same time.
    [[nodiscard]] static Replay replay(
        const Provider &provider, const Headers &head, const QList<QByteArray> &pieces);

    [[nodiscard]] static QByteArray pretty(const QJsonObject &object);
    [[nodiscard]] static QJsonArray toJson(const StreamEvents &events);
    /// The parts of an error that are promised; absent where empty.
    [[nodiscard]] static QJsonObject toJson(const ApiError &error);
    /// "HTTP/1.1 429 Too Many Requests", header lines, an empty line and the body. Line ends may
    /// be LF alone.
    [[nodiscard]] static HttpReply parseHttp(const QByteArray &text);

private:
    QString m_path;
};

} // namespace Lorikeet
