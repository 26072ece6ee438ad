// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/registry.h"

#include "providers/provider.h"

// One line a dialect; NAME stands for a function `const Provider &NAMEProvider()`, which the
// dialect's own file defines.
#define LORIKEET_FOR_EACH_PROVIDER(DO)                                                             \
    DO(openAi)                                                                                     \
    DO(lorax)                                                                                      \
    DO(langformers)                                                                                \
    DO(llamaCpp)                                                                                   \
    DO(predibase)                                                                                  \
    DO(responses)                                                                                  \
    DO(tgi)                                                                                        \
    DO(ollama)                                                                                     \
    DO(anthropic)                                                                                  \
    DO(gemini)                                                                                     \
    DO(triton)

using namespace Qt::StringLiterals;

namespace Lorikeet {

#define LORIKEET_DECLARE(NAME) const Provider &NAME##Provider();
LORIKEET_FOR_EACH_PROVIDER(LORIKEET_DECLARE)
#undef LORIKEET_DECLARE

const QList<const Provider *> &providers()
{
#define LORIKEET_ENTRY(NAME) &NAME##Provider(),
    static const QList<const Provider *> all{LORIKEET_FOR_EACH_PROVIDER(LORIKEET_ENTRY)};
#undef LORIKEET_ENTRY
    return all;
}

const Provider *findProvider(QStringView id)
{
    for (const Provider *provider : providers()) {
        if (provider->id() == id) {
            return provider;
        }
    }
    return nullptr;
}

ApiError unknownProviderError(const QString &id)
{
    ApiError error;
    error.kind = ApiError::Kind::InvalidRequest;
    error.message
        = u"The endpoint speaks a dialect unknown here (“%1”): choose another one."_s.arg(id);
    return error;
}

} // namespace Lorikeet
