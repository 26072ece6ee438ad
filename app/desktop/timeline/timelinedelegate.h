// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QObject>
#include <QQmlComponent>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The component that shows one kind of row. Its root item has `required property TimelineRow row`
/// and an implicitHeight; its width is set by the view.
class TimelineDelegate : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    Q_CLASSINFO("DefaultProperty", "component")
    Q_PROPERTY(Kind kind MEMBER m_kind FINAL)
    Q_PROPERTY(QQmlComponent *component MEMBER m_component FINAL)

public:
    enum class Kind {
        Header, ///< name, model and time of an answer
        User, ///< a prompt
        Reasoning,
        Waiting, ///< nothing of the answer is there yet
        Pending, ///< an answer that is being parsed still
        Prose,
        Code,
        Tree, ///< JSON, in the place of its code
        Table,
        Rule,
        Image,
        Math,
        Notice, ///< "stopped", "interrupted"
        Error,
        Schema, ///< in what an answer does not keep to its schema
        Aside, ///< how a local command that answered a call ended, and what it wrote on stderr
        Footer, ///< metrics and actions; for prompts actions only
        Message, ///< no row: what the rows of a message are children of
    };
    Q_ENUM(Kind)

    using QObject::QObject;

    [[nodiscard]] Kind kind() const { return m_kind; }

    [[nodiscard]] QQmlComponent *component() const { return m_component; }

private:
    Kind m_kind = Kind::Header;
    QQmlComponent *m_component = nullptr;
};

using RowKind = TimelineDelegate::Kind;

} // namespace Lorikeet
