// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"
#include "triton/transport.h"

#include <QObject>

#include <memory>
#include <optional>

namespace Lorikeet {

class ApiClient;

}

namespace Lorikeet::Triton {

/// The headers of a request: the key as a bearer token, for a gateway, and as the access token of
/// PyTriton; and what the endpoint itself says.
[[nodiscard]] Result<Headers> tritonHeaders(
    const Target &target, const QByteArray &accept, bool withBody);

/// KServe v2 over HTTP.
class HttpTransport final : public InferTransport
{
public:
    /// `client` must outlive this. The address is brought into form, see tritonaddress.h; one that
    /// is no HTTP address fails with each request.
    HttpTransport(ApiClient &client, const Target &target, BodyForm form = BodyForm::Binary);

    [[nodiscard]] QFuture<Result<bool>> serverReady() override;
    [[nodiscard]] QFuture<Result<bool>> modelReady(
        const QString &model, const QString &version) override;
    [[nodiscard]] QFuture<Result<ServerMetadata>> serverMetadata() override;
    [[nodiscard]] QFuture<Result<ModelMetadata>> metadata(
        const QString &model, const QString &version) override;
    [[nodiscard]] QFuture<Result<ModelConfig>> config(
        const QString &model, const QString &version) override;
    [[nodiscard]] QFuture<Result<QList<IndexEntry>>> index() override;
    [[nodiscard]] QFuture<Result<QList<ModelStatistics>>> statistics(
        const QString &model = {}, const QString &version = {}) override;
    [[nodiscard]] QFuture<Result<>> change(
        const ModelChange &change, Milliseconds timeout) override;
    [[nodiscard]] QFuture<Result<InferReply>> infer(
        const InferRequest &request, Milliseconds timeout) override;

private:
    [[nodiscard]] QFuture<Result<HttpReply>> send(
        HttpRequest request, const Result<QString> &route, Milliseconds timeout);
    [[nodiscard]] QFuture<Result<HttpReply>> get(const Result<QString> &route);

    ApiClient &m_client;
    QObject m_context; ///< of all that continues a future: it ends with this
    Target m_target;
    std::optional<ApiError> m_wrongAddress;
    /// Where a server shows that it is not Triton, JSON, which all of them take.
    std::shared_ptr<BodyForm> m_form;
};

} // namespace Lorikeet::Triton
