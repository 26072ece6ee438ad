// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/chatnode.h"

using namespace Qt::StringLiterals;

namespace Lorikeet {

QString AnswerOrigin::adapterLabel() const
{
    const AdapterChoice &adapter = setup.adapter;
    if (!adapter.id.isEmpty()) {
        return adapter.id;
    }
    if (adapter.merged) {
        return adapter.merged->ids.join(u" + "_s);
    }
    QStringList scales;
    for (const AdapterScale &scale : adapter.scales) {
        if (scale.scale != 0) {
            scales += u"%1 × %2"_s.arg(scale.label()).arg(scale.scale);
        }
    }
    return scales.join(u", "_s);
}

QString toWord(ChatNode::State state)
{
    switch (state) {
    case ChatNode::State::Complete:
        return u"complete"_s;
    case ChatNode::State::Streaming:
        return u"streaming"_s;
    case ChatNode::State::Stopped:
        return u"stopped"_s;
    case ChatNode::State::Failed:
        return u"failed"_s;
    case ChatNode::State::Interrupted:
        return u"interrupted"_s;
    }
    Q_UNREACHABLE_RETURN(QString());
}

std::optional<ChatNode::State> nodeStateFromString(QStringView word)
{
    using State = ChatNode::State;
    for (const State state :
        {State::Complete, State::Streaming, State::Stopped, State::Failed, State::Interrupted}) {
        if (word == toWord(state)) {
            return state;
        }
    }
    return std::nullopt;
}

} // namespace Lorikeet
