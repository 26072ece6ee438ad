// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulator/personality.h"

// One line a server; NAME stands for a function `const Personality &NAMEPersonality()`, which the
// server's own file defines.
#define LORIKEET_FOR_EACH_PERSONALITY(DO)                                                          \
    DO(vllm)                                                                                       \
    DO(llamaCpp)                                                                                   \
    DO(ollama)                                                                                     \
    DO(tgi)                                                                                        \
    DO(lorax)                                                                                      \
    DO(predibase)                                                                                  \
    DO(triton)                                                                                     \
    DO(langformers)                                                                                \
    DO(sglang)                                                                                     \
    DO(lmStudio)                                                                                   \
    DO(mistral)                                                                                    \
    DO(azure)                                                                                      \
    DO(anthropic)                                                                                  \
    DO(gemini)                                                                                     \
    DO(openAi)

namespace Lorikeet {

namespace Sim {

#define LORIKEET_DECLARE(NAME) const Personality &NAME##Personality();
LORIKEET_FOR_EACH_PERSONALITY(LORIKEET_DECLARE)
#undef LORIKEET_DECLARE
const Personality &vllmAndLoraxPersonality();

const QList<const Personality *> &personalities()
{
#define LORIKEET_ENTRY(NAME) &NAME##Personality(),
    static const QList<const Personality *> all{LORIKEET_FOR_EACH_PERSONALITY(LORIKEET_ENTRY)};
#undef LORIKEET_ENTRY
    return all;
}

const Personality &personalityOf(const SimulatorOptions &options)
{
    for (const Personality *const personality : personalities()) {
        if (personality->name == options.server) {
            return *personality;
        }
    }
    switch (options.dialect) {
    case SimulatorDialect::OpenAi:
        return vllmPersonality();
    case SimulatorDialect::Lorax:
        return loraxPersonality();
    case SimulatorDialect::Both:
        break;
    }
    return vllmAndLoraxPersonality();
}

bool holdsBearerKey(const ServerRequest &request, const QByteArray &key)
{
    return request.header("authorization") == "Bearer " + key;
}

RouteReply healthy(const ServerRequest & /*request*/, const RouteContext & /*context*/)
{
    return ServerResponse();
}

} // namespace Sim

QList<SimulatorServerHelp> simulatorServerHelp()
{
    QList<SimulatorServerHelp> help;
    for (const Sim::Personality *const personality : Sim::personalities()) {
        help.append(
            {.name = personality->name, .text = personality->text, .base = personality->base});
    }
    return help;
}

} // namespace Lorikeet
