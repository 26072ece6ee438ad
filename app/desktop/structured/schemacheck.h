// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/endpoint.h"
#include "model/parameters.h"
#include "schema/structuredsetup.h"

#include <QString>
#include <QStringList>

namespace Lorikeet {

/// What can be said of a schema before it is sent.
struct SchemaFinding
{
    QString problem; ///< why it cannot be used; empty: it can
    int line = 0; ///< of the problem, from 1; 0: no one place
    qsizetype place = -1; ///< likewise, in the text
    QString draft; ///< the one it is of, where it can be used
    QStringList notes; ///< what the endpoint's dialect cannot carry, and what is made of it

    friend bool operator==(const SchemaFinding &, const SchemaFinding &) = default;
};

/// Checks a schema against its draft's meta-schema, and then whether and how it would go out.
/// Takes as long as it takes; for any thread.
[[nodiscard]] SchemaFinding checkSchema(const QString &text, const Endpoint &endpoint,
    const ParameterSet &parameters, const StructuredOptions &options);

} // namespace Lorikeet
