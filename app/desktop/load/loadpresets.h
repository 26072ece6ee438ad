// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "load/loadprofile.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class LoadSetup;

/// Load tests that are ready: some that come with the program, and those a person saved, each a
/// file that `lori load --profile` reads too.
class LoadPresets final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the load test")
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    /// Names of those a person saved.
    Q_PROPERTY(QStringList own READ own NOTIFY changed FINAL)
    /// Of the one that was removed, or replaced, last and that undo() brings back; empty: none.
    Q_PROPERTY(QString undoName READ undoName NOTIFY undoChanged FINAL)
    /// It was replaced by another one of that name.
    Q_PROPERTY(bool undoReplaced READ isUndoReplaced NOTIFY undoChanged FINAL)

public:
    enum Role {
        NameRole = Qt::UserRole + 1,
        DetailRole, ///< what it is for
        OwnRole, ///< a person saved it
    };

    LoadPresets(const QString &folder, LoadSetup &setup, QObject *parent = nullptr);

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QStringList own() const;

    [[nodiscard]] QString undoName() const { return m_undo.name; }

    [[nodiscard]] bool isUndoReplaced() const { return m_undo.isReplaced; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    Q_INVOKABLE void use(int row);
    /// A person saved one that is called so: save() would replace it.
    Q_INVOKABLE [[nodiscard]] bool isTaken(const QString &name) const;
    /// What is set up; in place of one that is called so already, which undo() brings back.
    Q_INVOKABLE void save(const QString &name);
    void save(const QString &name, const LoadProfile &profile);
    /// One that a person saved.
    Q_INVOKABLE void remove(const QString &name);
    Q_INVOKABLE void undo();
    /// The offer to undo is over.
    Q_INVOKABLE void forgetUndo();

    /// Reads the folder.
    void refresh();

Q_SIGNALS:
    void changed();
    void undoChanged();
    void failed(const QString &sentence);

private:
    struct Row
    {
        QString name;
        QString detail;
        QString file; ///< empty: it comes with the program
        LoadProfile profile; ///< then
        friend bool operator==(const Row &, const Row &) = default;
    };

    /// A file as it was.
    struct Undo
    {
        QString name; ///< empty: there is nothing to undo
        QString file;
        QByteArray content;
        bool isReplaced = false;
    };

    [[nodiscard]] static QList<Row> builtIn();
    [[nodiscard]] const Row *ownRow(const QString &name) const;
    void setUndo(const Undo &undo);

    QString m_folder;
    LoadSetup &m_setup;
    QList<Row> m_rows;
    Undo m_undo;
};

} // namespace Lorikeet
