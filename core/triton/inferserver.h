// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "triton/modelclient.h"
#include "triton/transport.h"

#include <QHash>

#include <memory>

namespace Lorikeet::Triton {

/// One server with its connections, and what is known of its models. Shared by all that is asked of
/// it, in one thread.
class InferServer final
{
public:
    explicit InferServer(std::shared_ptr<StreamingTransport> transport);

    [[nodiscard]] StreamingTransport &transport() const { return *m_transport; }

    [[nodiscard]] std::shared_ptr<StreamingTransport> sharedTransport() const
    {
        return m_transport;
    }

    /// Its configuration is fetched once, and kept until forget().
    [[nodiscard]] QFuture<Result<ModelConfig>> config(const QString &model, const QString &version);
    /// The model may have become another one.
    void forget(const QString &model);

private:
    using Name = std::pair<QString, QString>; ///< and version

    std::shared_ptr<StreamingTransport> m_transport;
    QHash<Name, std::shared_ptr<ModelClient>> m_models;
};

} // namespace Lorikeet::Triton
