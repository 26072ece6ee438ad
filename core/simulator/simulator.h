// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "base/result.h"
#include "model/endpoint.h"
#include "simulator/simulatoroptions.h"
#include "simulator/simulatorrecord.h"

#include <QList>
#include <QMap>
#include <QObject>
#include <QUrl>

#include <memory>

namespace Lorikeet {

namespace Sim {
class Server;
}

/// The built-in endpoint: an HTTP server on a real socket that speaks OpenAI's chat completions as
/// vLLM does and LoRAX's own dialect, or is another server on the wire (SimulatorOptions::server),
/// with three adapters, prepared text, a timing model and faults on demand. Serves the demo, the
/// tests and the benchmarks.
///
/// Lives in one thread, whose event loop it needs; SimulatorThread gives it one. Besides the
/// dialects' own paths it answers GET /sim/log with what it truly did (SimulatorRecord; "?tokens=1"
/// adds the time of every token, "?id=…" picks requests by X-Request-Id; "faults" are counts), and
/// DELETE /sim/log forgets it.
class Simulator final : public QObject
{
    Q_OBJECT

public:
    explicit Simulator(const SimulatorOptions &options, QObject *parent = nullptr);
    ~Simulator() override;

    /// Listens. The error says which address could not be had.
    [[nodiscard]] Result<> start();

    /// Ends all connections and listens no more.
    void stop();

    /// 0 while it does not listen.
    [[nodiscard]] quint16 port() const;

    /// "http://127.0.0.1:40123"; empty while it does not listen.
    [[nodiscard]] QUrl url() const;

    /// Of the last requests for an answer, in the order they ended.
    [[nodiscard]] QList<SimulatorRecord> records() const;

    /// How many requests each fault has befallen, by SimulatorFault::toString(). Of a request that
    /// was refused, or never answered, this is all there is: it has no record.
    [[nodiscard]] QMap<QString, qint64> faults() const;

private:
    std::unique_ptr<Sim::Server> m_server;
};

/// A ready endpoint for a running simulator: "Demo endpoint (simulated)". `provider` is the id of a
/// dialect, "openai" or "lorax". The endpoint's id is the same every time, one for each dialect, so
/// that what hangs on it survives a restart on another port. A key is for the caller to place.
[[nodiscard]] Endpoint simulatorEndpoint(const QUrl &url, const QString &provider);

} // namespace Lorikeet
