// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "command.h"
#include "commandline.h"
#include "triton/decoupledclient.h"

#include <QJsonObject>

#include <memory>

namespace Lorikeet {

class ApiClient;

/// `lori infer`: tensors to a model of Triton or another KServe v2 server, and tensors back.
class InferCommand final : public Command
{
    Q_OBJECT

public:
    [[nodiscard]] static CommandHelp help();
    [[nodiscard]] static Result<std::unique_ptr<Command>> make(
        const CommandLine &line, ApiClient &client);

    void start() override;
    void interrupt() override;

private:
    /// An input as typed; without a name it counts by its place.
    struct Input
    {
        QString name;
        QJsonValue value;
        QString text; ///< as typed, where it may also be text
    };

    InferCommand(const CommandLine &line, const QList<Input> &inputs, const QJsonObject &parameters,
        Milliseconds wait, ApiClient &client);

    [[nodiscard]] static Result<QList<Input>> inputsOf(const CommandLine &line);
    void onTarget(const Result<Target> &target);
    void onConfig(const Result<Triton::ModelConfig> &config);
    void onReply(const Result<Triton::InferReply> &reply);
    void askForPieces(const Triton::ModelClient::Call &call);
    [[nodiscard]] Triton::ModelClient::Options options() const;

    CommandLine m_line;
    QList<Input> m_inputs;
    QJsonObject m_parameters;
    Milliseconds m_wait;
    std::optional<RetryPolicy> m_retries; ///< nothing: as the endpoint says
    ApiClient &m_client;
    std::unique_ptr<Triton::ModelClient> m_model;
    std::shared_ptr<Triton::StreamingTransport> m_grpc; ///< null over HTTP
    std::unique_ptr<Triton::DecoupledModelClient> m_stream; ///< for a model that answers in pieces
    Target m_target;
};

} // namespace Lorikeet
