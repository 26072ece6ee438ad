// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "chat/conversation.h"

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Lorikeet {

namespace {

/// Servers refuse a call that is followed by anything but its result: one that nobody answered is
/// said to be so.
void closeOpenCalls(QList<Message> &messages)
{
    for (qsizetype i = 0; i + 1 < messages.size(); ++i) {
        QStringList open;
        for (const ToolCall &call : std::as_const(messages[i].toolCalls)) {
            open.append(call.id);
        }
        qsizetype next = i + 1;
        while (next < messages.size() && messages[next].role == Role::Tool) {
            open.removeOne(messages[next].toolCallId);
            ++next;
        }
        for (const QString &id : std::as_const(open)) {
            Message none{.role = Role::Tool};
            none.content = u"The user gave no answer to this call."_s;
            none.toolCallId = id;
            messages.insert(next, none);
            ++next;
        }
    }
}

} // namespace

Conversation::Conversation(ConversationHead head, const QList<ChatNode> &nodes)
    : m_head(std::move(head))
{
    m_entries.reserve(nodes.size());
    for (ChatNode node : nodes) {
        if (node.id.isNull() || m_entries.contains(node.id)) {
            continue;
        }
        if (!node.parent.isNull() && !m_entries.contains(node.parent)) {
            node.parent = {};
        }
        childrenOf(node.parent).append(node.id);
        m_entries.insert(node.id, Entry{node, {}});
    }
    // What was chosen may have gone; the newest version is what a person would expect then.
    const auto repaired = [](QUuid chosen, const QList<QUuid> &children) {
        return children.isEmpty() || children.contains(chosen) ? chosen : children.constLast();
    };
    m_head.chosen = m_roots.isEmpty() ? QUuid() : repaired(m_head.chosen, m_roots);
    for (Entry &entry : m_entries) {
        entry.node.chosen
            = entry.children.isEmpty() ? QUuid() : repaired(entry.node.chosen, entry.children);
    }
}

Conversation Conversation::create(const ChatSetup &setup, const QDateTime &now)
{
    ConversationHead head;
    head.id = QUuid::createUuid();
    head.setup = setup;
    head.setup.extraBodyDraft.clear(); // it stays where it was begun
    head.created = now;
    head.updated = now;
    return Conversation(head);
}

const ChatNode *Conversation::find(QUuid id) const
{
    const auto found = m_entries.constFind(id);
    return found == m_entries.constEnd() ? nullptr : &found->node;
}

QList<QUuid> Conversation::children(QUuid parent) const
{
    return parent.isNull() ? m_roots : m_entries.value(parent).children;
}

QList<QUuid> Conversation::siblings(QUuid id) const
{
    const ChatNode *node = find(id);
    return node ? children(node->parent) : QList<QUuid>();
}

QUuid Conversation::chosenBelow(QUuid parent) const
{
    if (parent.isNull()) {
        return m_head.chosen;
    }
    const ChatNode *node = find(parent);
    return node ? node->chosen : QUuid();
}

QList<QUuid> Conversation::path() const
{
    QList<QUuid> result;
    for (QUuid id = m_head.chosen; !id.isNull(); id = chosenBelow(id)) {
        result.append(id);
    }
    return result;
}

QList<QUuid> Conversation::pathTo(QUuid id) const
{
    QList<QUuid> result;
    for (const ChatNode *node = find(id); node; node = find(node->parent)) {
        result.append(node->id);
    }
    std::reverse(result.begin(), result.end());
    return result;
}

QUuid Conversation::leaf() const
{
    QUuid result;
    for (QUuid id = m_head.chosen; !id.isNull(); id = chosenBelow(id)) {
        result = id;
    }
    return result;
}

bool Conversation::isOnPath(QUuid id) const
{
    const ChatNode *node = find(id);
    while (node && chosenBelow(node->parent) == node->id) {
        if (node->parent.isNull()) {
            return true;
        }
        node = find(node->parent);
    }
    return false;
}

QList<QUuid> Conversation::branch(QUuid id) const
{
    QList<QUuid> result;
    if (m_entries.contains(id)) {
        result.append(id);
    }
    // Grows while it is walked: breadth first, without recursion, for chains may be long.
    for (qsizetype i = 0; i < result.size(); ++i) {
        result.append(children(result.at(i)));
    }
    return result;
}

QList<ChatNode> Conversation::nodes() const
{
    QList<ChatNode> result;
    result.reserve(m_entries.size());
    for (const QUuid &root : m_roots) {
        const QList<QUuid> ids = branch(root);
        for (const QUuid &id : ids) {
            result.append(m_entries.constFind(id)->node);
        }
    }
    return result;
}

QList<Message> Conversation::messagesTo(QUuid last, const ChatSetup &asked) const
{
    QList<Message> result;
    if (!asked.systemPrompt.isEmpty()) {
        result.append(Message{.role = Role::System, .content = asked.systemPrompt});
    }
    for (const ExampleTurn &turn : asked.examples.turns) {
        result.append(Message{.role = turn.role, .content = turn.text});
    }
    const qsizetype begin = result.size();
    const QList<QUuid> ids = pathTo(last);
    for (const QUuid &id : ids) {
        const ChatNode &node = *find(id);
        Message message = node.message;
        if (message.role == Role::Assistant && message.content.isEmpty()
            && message.toolCalls.isEmpty()) {
            continue;
        }
        // What was thought is of use to the model alone that thought it. Each part that is kept is
        // whole, also of an answer that is not, and must go before what the answer called.
        const ChatSetup &setup = node.origin.setup;
        if (setup.endpoint != asked.endpoint || setup.model != asked.model) {
            message.thoughts.clear();
        }
        const bool isBehindAnother = message.role == Role::User && result.size() > begin
            && result.constLast().role == Role::User;
        if (isBehindAnother) {
            result.last().content += u"\n\n"_s + message.content;
        } else {
            result.append(message);
        }
    }
    closeOpenCalls(result);
    return result;
}

QList<QUuid> &Conversation::childrenOf(QUuid parent)
{
    return parent.isNull() ? m_roots : m_entries[parent].children;
}

void Conversation::choose(QUuid parent, QUuid child)
{
    if (parent.isNull()) {
        m_head.chosen = child;
    } else {
        m_entries[parent].node.chosen = child;
    }
}

QUuid Conversation::addUser(QUuid parent, const QString &text, const QDateTime &now)
{
    ChatNode node;
    node.id = QUuid::createUuid();
    node.parent = parent;
    node.message = Message{.role = Role::User, .content = text};
    node.created = now;
    return add(std::move(node));
}

QUuid Conversation::addAnswer(QUuid prompt, const AnswerOrigin &origin, const QDateTime &now)
{
    ChatNode node;
    node.id = QUuid::createUuid();
    node.parent = prompt;
    node.message.role = Role::Assistant;
    node.created = now;
    node.state = ChatNode::State::Streaming;
    node.origin = origin;
    node.origin.setup.adapter.token = {};
    node.origin.setup.extraBodyDraft.clear();
    return add(std::move(node));
}

QUuid Conversation::add(ChatNode node)
{
    const QUuid id = node.id;
    const QUuid parent = node.parent;
    if (id.isNull() || m_entries.contains(id)
        || (!parent.isNull() && !m_entries.contains(parent))) {
        return {};
    }
    node.chosen = {};
    m_head.updated = std::max(m_head.updated, node.created);
    m_entries.insert(id, Entry{std::move(node), {}});
    childrenOf(parent).append(id);
    choose(parent, id);
    return id;
}

QUuid Conversation::addBeside(QUuid sibling, ChatNode node)
{
    const ChatNode *beside = find(sibling);
    if (!beside) {
        return {};
    }
    node.parent = beside->parent;
    const QUuid chosen = chosenBelow(node.parent);
    const QUuid parent = node.parent;
    const QUuid id = add(std::move(node));
    choose(parent, chosen);
    return id;
}

bool Conversation::update(const ChatNode &node)
{
    const auto found = m_entries.find(node.id);
    if (found == m_entries.end()) {
        return false;
    }
    ChatNode replaced = node;
    replaced.parent = found->node.parent;
    replaced.chosen = found->node.chosen;
    found->node = std::move(replaced);
    return true;
}

bool Conversation::append(QUuid id, const QString &text, const QString &reasoning)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end()) {
        return false;
    }
    found->node.message.content += text;
    found->node.message.reasoning += reasoning;
    return true;
}

bool Conversation::select(QUuid id)
{
    bool changed = false;
    const QList<QUuid> ids = pathTo(id);
    QUuid parent;
    for (const QUuid &child : ids) {
        if (chosenBelow(parent) != child) {
            choose(parent, child);
            changed = true;
        }
        parent = child;
    }
    return changed;
}

Conversation::Branch Conversation::remove(QUuid id)
{
    Branch result;
    const QList<QUuid> ids = branch(id);
    if (ids.isEmpty()) {
        return result;
    }
    const QUuid parent = find(id)->parent;
    result.chosenBefore = chosenBelow(parent);
    QList<QUuid> &neighbours = childrenOf(parent);
    result.place = neighbours.indexOf(id);
    neighbours.removeAt(result.place);
    if (result.chosenBefore == id) {
        const qsizetype next = std::min(result.place, neighbours.size() - 1);
        choose(parent, neighbours.isEmpty() ? QUuid() : neighbours.at(next));
    }
    for (const QUuid &gone : ids) {
        result.nodes.append(m_entries.take(gone).node);
    }
    return result;
}

bool Conversation::restore(const Branch &branch)
{
    if (branch.nodes.isEmpty()) {
        return false;
    }
    const ChatNode &root = branch.nodes.constFirst();
    const QUuid parent = root.parent;
    if ((!parent.isNull() && !m_entries.contains(parent)) || m_entries.contains(root.id)) {
        return false;
    }
    for (const ChatNode &node : branch.nodes) {
        m_entries.insert(node.id, Entry{node, {}});
        QList<QUuid> &children = childrenOf(node.parent);
        const bool isRoot = node.id == root.id;
        children.insert(
            isRoot ? std::min(branch.place, children.size()) : children.size(), node.id);
    }
    if (branch.chosenBefore == root.id) {
        choose(parent, root.id);
    }
    return true;
}

Conversation Conversation::fork(QUuid last, const QDateTime &now) const
{
    Conversation copy = create(m_head.setup, now);
    copy.m_head.title = m_head.title;
    copy.m_head.titleChosen = m_head.titleChosen;
    QUuid parent;
    const QList<QUuid> ids = pathTo(last);
    for (const QUuid &id : ids) {
        ChatNode node = *find(id);
        node.id = QUuid::createUuid();
        node.parent = parent;
        if (node.state == ChatNode::State::Streaming) {
            node.state = ChatNode::State::Stopped;
        }
        parent = copy.add(std::move(node));
    }
    copy.m_head.updated = now;
    return copy;
}

QString titleFromPrompt(const QString &prompt)
{
    static constexpr qsizetype longest = 60;
    const QString line = prompt.simplified();
    if (line.size() <= longest) {
        return line;
    }
    // Cut between words where that leaves a title worth the name, never within a surrogate pair.
    qsizetype cut = line.lastIndexOf(u' ', longest);
    if (cut < longest / 2) {
        cut = line.at(longest - 1).isHighSurrogate() ? longest - 1 : longest;
    }
    return line.first(cut) + u'…';
}

} // namespace Lorikeet
