// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "providers/endpointprobe.h"
#include "providers/questions.h"
#include "providers/routeaccess.h"

#include <optional>

namespace Lorikeet {

/// The last part of a probe. It is known who answers; what that server can do, and to whom it
/// talks, is asked now, and changes nothing of what was found.
class Examination final
{
public:
    /// `headers` are those that questions are asked with.
    Examination(const Endpoint &endpoint, const Headers &headers, ProbeResult found);

    /// What is still to be asked, beyond what was answered.
    [[nodiscard]] QList<Question> questions(const Questions &asked) const;

    /// The result with all that the answers tell. `replies` are those to questions with the key.
    [[nodiscard]] ProbeResult result(const Questions &asked, const QList<HttpReply> &replies) const;

    /// Why nothing can be asked at the address after all, though a server answers there.
    [[nodiscard]] std::optional<ApiError> objection(const Questions &asked) const;

private:
    [[nodiscard]] QString model() const;
    [[nodiscard]] QList<Question> aboutOllamaModel() const;
    [[nodiscard]] QList<Question> aboutAzureDeployment() const;

    const Endpoint m_endpoint;
    const Headers m_headers;
    const bool m_hasKey;
    const ProbeResult m_found;
    const QUrl m_root;
    const QList<AccessQuestion> m_access;
};

} // namespace Lorikeet
