// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "model/parameters.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

/// The parameters a server knows, each either set by the person or left to the server. Only those
/// that are set are in parameters(), and thus sent.
class ParameterModel final : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int count READ count NOTIFY specsChanged FINAL)
    /// How many are set.
    Q_PROPERTY(int touchedCount READ touchedCount NOTIFY parametersChanged FINAL)
    /// The ones that are set, in a line: "temperature 0.2 · top_p 0.9".
    Q_PROPERTY(QString summary READ summary NOTIFY parametersChanged FINAL)

public:
    /// How a row is best edited.
    enum Editor { Slider, Number, Switch, Choice, Text, Json };
    Q_ENUM(Editor)

    enum Role {
        NameRole = Qt::UserRole + 1,
        GroupRole, ///< of the first parameter of each group; empty for the others
        HelpRole,
        EditorRole,
        TouchedRole,
        NumberRole, ///< where a slider stands: the value, the server's default, or the middle
        BoolRole,
        TextRole, ///< the value as text; empty where untouched
        DefaultRole, ///< "server default 0.8"
        DefaultKnownRole, ///< the server's default has a place on the slider
        MinimumRole,
        MaximumRole,
        StepRole,
        ChoicesRole,
        IgnoredRole, ///< the server takes it without effect
        ProblemRole, ///< why what was typed last was refused
    };

    explicit ParameterModel(QObject *parent);

    [[nodiscard]] int count() const { return int(m_specs.size()); }

    [[nodiscard]] int touchedCount() const { return int(m_parameters.size()); }

    [[nodiscard]] QString summary() const;
    /// "temperature 0.2"
    [[nodiscard]] static QString shortText(const QString &name, const QJsonValue &value);

    void setSpecs(const ParameterSpecs &specs);
    /// Shows these; does not emit edited().
    void setParameters(const ParameterSet &parameters);

    [[nodiscard]] const ParameterSet &parameters() const { return m_parameters; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    // A value the server would refuse is not taken; the row then tells why.
    Q_INVOKABLE void setNumber(int row, double value);
    Q_INVOKABLE void setBool(int row, bool value);
    /// As typed. An empty text leaves the parameter to the server.
    Q_INVOKABLE void setText(int row, const QString &text);
    /// Leaves it to the server.
    Q_INVOKABLE void reset(int row);
    Q_INVOKABLE void resetAll();

Q_SIGNALS:
    void specsChanged();
    void parametersChanged();
    /// A person changed what parameters() gives.
    void edited();

private:
    void set(int row, const QJsonValue &value);
    void refuse(int row, const QString &typed, const QString &sentence);
    void rowChanged(int row);
    [[nodiscard]] double sliderMaximum(const ParameterSpec &spec) const;

    ParameterSpecs m_specs;
    ParameterSet m_parameters;

    struct Refusal
    {
        QString typed;
        QString sentence;
    };

    QMap<QString, Refusal> m_refused; ///< by the parameter's name
};

} // namespace Lorikeet
