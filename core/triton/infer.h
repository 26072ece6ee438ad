// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "http/httpexchange.h"
#include "triton/modelinfo.h"

#include <QJsonObject>

namespace Lorikeet::Triton {

/// How tensors travel over HTTP.
enum class BodyForm {
    Json, ///< as numbers and text; what cannot be (half floats, bytes that are no text) as bytes
    Binary, ///< as bytes behind a JSON header; an extension that Triton has
};

/// One inference as it is sent.
struct InferRequest
{
    QString model;
    QString version; ///< digits; empty: the server's choice, the latest
    QString id; ///< echoed; empty: none
    QList<Tensor> inputs;
    QStringList outputs; ///< empty: all
    QJsonObject parameters; ///< numbers, text and truth values

    friend bool operator==(const InferRequest &, const InferRequest &) = default;
};

struct InferReply
{
    QString model;
    QString version;
    QString id;
    QList<Tensor> outputs;
    QJsonObject parameters;
    Nanoseconds latency{}; ///< handed over -> last byte; what was queued here not counted

    /// Nothing if there is no output of that name.
    [[nodiscard]] std::optional<Tensor> output(QStringView name) const;

    friend bool operator==(const InferReply &, const InferReply &) = default;
};

/// Why a parameter cannot be sent, in one sentence: they are whole numbers, text or truth values,
/// and by `floats` also other numbers.
[[nodiscard]] std::optional<QString> parameterProblem(
    const QJsonObject &parameters, bool floats = false);

/// "v2/models/NAME[/versions/V][/ROUTE]", to be joined() to an address, which encodes it. Fails for
/// a name with a slash and a version that is no number.
[[nodiscard]] Result<QString> modelRoute(
    const QString &model, const QString &version, QStringView route = {});

/// Body and its two headers: Content-Type and, where bytes follow the JSON,
/// Inference-Header-Content-Length. Verb, URL and the other headers are left to the caller.
[[nodiscard]] Result<HttpRequest> encodeInfer(const InferRequest &request, BodyForm form);
/// An answer with status 200. In either form, or both in one.
[[nodiscard]] Result<InferReply> readInferReply(const HttpReply &reply);

/// What a refusal means, with Triton's own habits: a model that is not there, answers that stream
/// (501), a restricted part (403).
[[nodiscard]] ApiError inferError(const HttpReply &reply);

} // namespace Lorikeet::Triton
