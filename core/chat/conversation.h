// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "chat/chatnode.h"

#include <QDateTime>
#include <QHash>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QUuid>

#include <optional>

namespace Lorikeet {

/// A prompt that was sent while the answer before it still streamed.
struct WaitingPrompt
{
    QUuid id;
    QString text;
    QUuid after; ///< the answer it waits for, and will be put below
    bool held = false; ///< that answer did not end well: it goes out only when a person says so
    std::optional<ChatSetup> setup; ///< what it is asked with; nothing: as the chat is then

    friend bool operator==(const WaitingPrompt &, const WaitingPrompt &) = default;
};

/// What a conversation is besides its messages.
struct ConversationHead
{
    QUuid id;
    QString title; ///< empty until the first prompt
    bool titleChosen = false; ///< a person gave the title; it is not made from a prompt any more
    bool pinned = false;
    QString draft; ///< typed and not yet sent
    QList<WaitingPrompt> waiting; ///< in the order they were sent
    ChatSetup setup;
    QDateTime created; ///< UTC
    QDateTime updated; ///< UTC; when the last message was added
    QUuid chosen; ///< the first message that is shown; null without messages

    friend bool operator==(const ConversationHead &, const ConversationHead &) = default;
};

/// A conversation: a tree of messages, of which one path, from a first message down to a leaf, is
/// shown and continued. Editing a prompt and asking again make siblings, so nothing that was said
/// is lost. A pure value: no clock, no storage, no signals.
///
/// A null id stands for the place above the first messages: children({}) are the first messages.
/// A function given the id of no node changes nothing and returns a null id, an empty list or
/// false.
class Conversation final
{
public:
    /// A branch taken out by remove(), with all that restore() needs.
    struct Branch
    {
        QList<ChatNode> nodes; ///< parents before their children; the first is the branch's root
        qsizetype place = 0; ///< of the root among its siblings
        QUuid chosenBefore; ///< by the parent

        friend bool operator==(const Branch &, const Branch &) = default;
    };

    Conversation() = default;
    /// Of the nodes, parents come before their children and siblings in their order. One whose
    /// parent is not there becomes a first message, so that it stays visible.
    explicit Conversation(ConversationHead head, const QList<ChatNode> &nodes = {});

    /// A new one, with a fresh id.
    [[nodiscard]] static Conversation create(const ChatSetup &setup, const QDateTime &now);

    [[nodiscard]] const ConversationHead &head() const { return m_head; }

    [[nodiscard]] ConversationHead &head() { return m_head; }

    [[nodiscard]] QUuid id() const { return m_head.id; }

    [[nodiscard]] bool isEmpty() const { return m_entries.isEmpty(); }

    [[nodiscard]] qsizetype size() const { return m_entries.size(); }

    /// Null if there is none. Valid until the conversation changes.
    [[nodiscard]] const ChatNode *find(QUuid id) const;
    [[nodiscard]] QList<QUuid> children(QUuid parent) const;
    /// All versions, the node itself included, in their order: for ◄ 2/3 ►.
    [[nodiscard]] QList<QUuid> siblings(QUuid id) const;
    /// The nodes shown, from a first message to a leaf.
    [[nodiscard]] QList<QUuid> path() const;
    /// From a first message down to this node, both included.
    [[nodiscard]] QList<QUuid> pathTo(QUuid id) const;
    /// The last node of path(); null without messages.
    [[nodiscard]] QUuid leaf() const;
    [[nodiscard]] bool isOnPath(QUuid id) const;
    /// The node and all below it, parents before their children.
    [[nodiscard]] QList<QUuid> branch(QUuid id) const;

    /// All nodes, parents before their children and siblings in their order.
    [[nodiscard]] QList<ChatNode> nodes() const;

    /// What a request carries for an answer below `last` that is asked so: the system prompt and
    /// the examples, if any, and the messages of pathTo(last). An answer with nothing in it is left
    /// out. Prompts that then follow each other are joined by an empty line, since the templates of
    /// many models refuse roles that do not alternate. What was thought goes back to who thought
    /// it.
    [[nodiscard]] QList<Message> messagesTo(QUuid last, const ChatSetup &asked) const;

    /// Adds a prompt below `parent` and makes it the chosen one. To edit a prompt, add one below
    /// the same parent.
    QUuid addUser(QUuid parent, const QString &text, const QDateTime &now);
    /// Adds an empty answer in state Streaming below a prompt and makes it the chosen one. To ask
    /// again, add one below the same prompt.
    QUuid addAnswer(QUuid prompt, const AnswerOrigin &origin, const QDateTime &now);
    /// Adds a node as it is, last among its siblings and chosen. Its id must be new and its parent
    /// there, or null.
    QUuid add(ChatNode node);
    /// Likewise, without choosing it: beside a node that is there.
    QUuid addBeside(QUuid sibling, ChatNode node);

    /// Replaces what a node says; its place in the tree (id, parent, chosen child) stays.
    bool update(const ChatNode &node);
    /// Appends to a node's message, at a cost that does not depend on its length, unless a copy
    /// of the message is held elsewhere.
    bool append(QUuid id, const QString &text, const QString &reasoning);

    /// Shows this node: it becomes the chosen child of its parent, and so do its ancestors.
    /// True if the path changed.
    bool select(QUuid id);

    /// Takes out a node and all below it. A neighbour is chosen instead. Empty if there is none.
    Branch remove(QUuid id);
    /// Puts a branch back where it was. False if its parent is gone.
    bool restore(const Branch &branch);

    /// A new conversation of copies of pathTo(last), with ids of its own. An answer that still
    /// streams is copied as Stopped.
    [[nodiscard]] Conversation fork(QUuid last, const QDateTime &now) const;

    friend bool operator==(const Conversation &, const Conversation &) = default;

private:
    struct Entry
    {
        ChatNode node;
        QList<QUuid> children;
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    [[nodiscard]] QUuid chosenBelow(QUuid parent) const;
    [[nodiscard]] QList<QUuid> &childrenOf(QUuid parent);
    void choose(QUuid parent, QUuid child);

    ConversationHead m_head;
    QHash<QUuid, Entry> m_entries;
    QList<QUuid> m_roots;
};

/// A title made of a prompt: its first words on one line.
[[nodiscard]] QString titleFromPrompt(const QString &prompt);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ConversationHead)
Q_DECLARE_METATYPE(Lorikeet::Conversation)
