// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "providers/servernotes.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

QStringList notesOn(Server server, bool listsAdapters)
{
    switch (server) {
    case Server::Lorax:
        return {(listsAdapters ? u"Adapters that are not listed are named by their id and source."_s
                               : u"LoRAX lists no adapters: name one by its id and source."_s)
                + u" The first use of one downloads it, which may take minutes."_s,
            u"The endpoint's key also reaches LoRAX as the token for private adapters."_s};
    case Server::Predibase:
        return {u"Adapters are Predibase's own (REPOSITORY/VERSION) unless another source is "
                "named; a deployment that sleeps takes minutes to answer."_s};
    case Server::Tgi:
        return listsAdapters ? QStringList()
                             : QStringList{u"TGI does not list its adapters: name one as the "
                                           "server was started with it."_s};
    case Server::LlamaCpp:
        return {u"llama.cpp answers with the model it was started with, whatever name is sent."_s};
    case Server::Ollama:
        return {u"Ollama takes a few parameters only at this route; others are ignored without a "
                "word."_s};
    case Server::LmStudio:
        return {u"The list may hold models that are not loaded: the first answer then takes "
                "longer."_s};
    case Server::Azure:
        return {u"Azure lists models and not deployments: enter the name of a deployment."_s};
    case Server::Langformers:
        return {u"Langformers remembers the conversation itself, one for all who use it: only the "
                "newest prompt is sent, and what others ask gets into the same memory."_s,
            u"Setting, changing or removing the system prompt clears that memory, for everyone."_s,
            u"It counts no tokens, does not say why an answer ended, and answers one request at a "
            "time."_s,
            u"Its page is open to all: whether the key is right shows when a prompt is sent."_s};
    case Server::LiteLlm:
        return {u"This is a gateway: what answers depends on the model chosen."_s};
    default:
        return {};
    }
}

} // namespace Lorikeet
