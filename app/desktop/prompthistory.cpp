// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "prompthistory.h"

#include <algorithm>

namespace Lorikeet {

std::optional<QString> PromptHistory::step(
    const Conversation &conversation, int step, const QString &current)
{
    if (m_at < 0 || m_at >= m_texts.size() || m_texts[m_at] != current) {
        QList<ChatNode> prompts = conversation.nodes();
        prompts.removeIf([](const ChatNode &node) { return node.message.role != Role::User; });
        std::ranges::stable_sort(prompts, {}, &ChatNode::created);
        m_texts.clear();
        for (const ChatNode &prompt : std::as_const(prompts)) {
            m_texts.removeAll(prompt.message.content);
            m_texts.append(prompt.message.content);
        }
        m_texts.append(current);
        m_at = m_texts.size() - 1;
    }
    const qsizetype at = m_at + step;
    if (at < 0 || at >= m_texts.size()) {
        return std::nullopt;
    }
    m_at = at;
    return m_texts[at];
}

} // namespace Lorikeet
