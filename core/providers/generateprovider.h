// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/provider.h"
#include "providers/servers.h"

namespace Lorikeet {

/// The family of /generate and /generate_stream: TGI, LoRAX, which came of it, and Predibase, which
/// serves LoRAX. One text goes in, written here by a prompt format; tokens come out. What each
/// dialect has of its own (parameters, adapters, checks) it says by the functions below.
class GenerateProvider : public Provider
{
public:
    [[nodiscard]] QString displayName() const override { return serverName(server()); }

    [[nodiscard]] Framing framing() const override { return Framing::ServerSentEvents; }

    [[nodiscard]] AdapterStyle adapterStyle(const QString &) const override
    {
        return AdapterStyle::FreeText;
    }

    [[nodiscard]] std::optional<QJsonObject> continuation(const QString &) const override
    {
        // The prompt is written here, and ends within the assistant's turn: see formatPrompt().
        return QJsonObject();
    }

    [[nodiscard]] Result<HttpRequest> encode(
        const Target &target, const ChatRequest &request) const override;
    [[nodiscard]] std::unique_ptr<StreamDecoder> makeDecoder() const override;
    [[nodiscard]] Result<StreamEvents> decodeReply(
        const HttpReply &reply, TimePoint at) const override;
    [[nodiscard]] StreamEvents decodeHead(const Headers &headers, TimePoint at) const override;
    [[nodiscard]] QList<HttpRequest> describeRequests(const Target &target) const override;
    [[nodiscard]] Result<EndpointDescription> describe(
        const QList<HttpReply> &replies) const override;

protected:
    /// Whom it speaks to.
    [[nodiscard]] virtual Server server() const = 0;
    /// Names the adapter among `parameters`, or says in one sentence why this server cannot.
    [[nodiscard]] virtual std::optional<QString> addAdapter(
        QJsonObject &parameters, const AdapterChoice &adapter) const
        = 0;
    /// Why the finished `parameters` object must not be sent, in one sentence. Ranges of single
    /// parameters are checked by their ParameterSpec.
    [[nodiscard]] virtual std::optional<QString> problem(
        const QJsonObject &parameters, bool stream) const
        = 0;
};

/// What the whole family refuses: of best_of, and of details about the prompt.
[[nodiscard]] std::optional<QString> generateProblem(const QJsonObject &parameters, bool stream);

} // namespace Lorikeet
