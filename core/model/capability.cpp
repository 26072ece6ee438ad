// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "model/capability.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

QString toWord(Capability capability)
{
    switch (capability) {
    case Capability::StreamUsage:
        return u"stream_usage"_s;
    case Capability::Tools:
        return u"tools"_s;
    case Capability::JsonSchema:
        return u"json_schema"_s;
    case Capability::Logprobs:
        return u"logprobs"_s;
    case Capability::Tokenize:
        return u"tokenize"_s;
    case Capability::Metrics:
        return u"metrics"_s;
    case Capability::Embeddings:
        return u"embeddings"_s;
    case Capability::Rerank:
        return u"rerank"_s;
    case Capability::Adapters:
        return u"adapters"_s;
    case Capability::AdapterLoading:
        return u"adapter_loading"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString toWord(CapabilityFinding::State state)
{
    switch (state) {
    case CapabilityFinding::State::Unknown:
        return u"unknown"_s;
    case CapabilityFinding::State::Yes:
        return u"yes"_s;
    case CapabilityFinding::State::No:
        return u"no"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString toWord(CapabilityFinding::Ground ground)
{
    switch (ground) {
    case CapabilityFinding::Ground::None:
        return u"none"_s;
    case CapabilityFinding::Ground::Wire:
        return u"wire"_s;
    case CapabilityFinding::Ground::Kind:
        return u"kind"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

QString toWord(RouteAccess::Access access)
{
    switch (access) {
    case RouteAccess::Access::Unknown:
        return u"unknown"_s;
    case RouteAccess::Access::Open:
        return u"open"_s;
    case RouteAccess::Access::Guarded:
        return u"guarded"_s;
    case RouteAccess::Access::Absent:
        return u"absent"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

} // namespace Lorikeet
