// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "listmodel.h"
#include "model/adapter.h"
#include "model/description.h"
#include "turnchoice.h"

#include <QtQml/qqmlregistration.h>

namespace Lorikeet {

class Preferences;

/// Which model and which adapter answer. The rows are the adapters the server told of; how they
/// are chosen, and whether an id can be typed instead, is the server's style.
class AdapterPicker final : public ListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the program")
    Q_PROPERTY(int style READ style NOTIFY descriptionChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY descriptionChanged FINAL)
    /// The ids of the models the server lists, adapters apart.
    Q_PROPERTY(QStringList models READ models NOTIFY descriptionChanged FINAL)
    /// Where no models are listed: why, and what to do.
    Q_PROPERTY(QString reason READ reason NOTIFY descriptionChanged FINAL)
    Q_PROPERTY(QString model READ model WRITE setModel NOTIFY choiceChanged FINAL)
    /// What a request will name, for the title: "support-v4", "pirate × 0.5", or "base model".
    Q_PROPERTY(QString adapterLabel READ adapterLabel NOTIFY choiceChanged FINAL)
    Q_PROPERTY(QString adapterId READ adapterId NOTIFY choiceChanged FINAL)
    Q_PROPERTY(QString adapterSource READ adapterSource NOTIFY choiceChanged FINAL)
    /// Where an adapter may come from, the usual first; empty: the server does not ask.
    Q_PROPERTY(QStringList sources READ sources NOTIFY descriptionChanged FINAL)
    /// Ids used before at this endpoint, the last one first.
    Q_PROPERTY(QStringList recent READ recent NOTIFY recentChanged FINAL)
    /// The server merges several adapters for a request.
    Q_PROPERTY(bool canMerge READ canMerge NOTIFY descriptionChanged FINAL)
    /// The chosen adapter is made of several.
    Q_PROPERTY(bool merged READ isMerged NOTIFY choiceChanged FINAL)

public:
    /// AdapterStyle, for QML.
    enum Style {
        NoAdapters = int(AdapterStyle::None),
        Listed = int(AdapterStyle::Listed),
        FreeText = int(AdapterStyle::FreeText),
        Scales = int(AdapterStyle::Scales),
    };
    Q_ENUM(Style)

    enum Role {
        IdRole = Qt::UserRole + 1,
        NameRole,
        DetailRole, ///< where the server has it from
        ChosenRole,
        ScaleRole, ///< that a request will carry, or the server's present one
        ScaleSetRole, ///< a person set the scales
    };

    explicit AdapterPicker(Preferences &preferences, QObject *parent = nullptr);

    /// Whose adapters they are.
    void setEndpoint(QUuid endpoint, const QString &provider);

    [[nodiscard]] QUuid endpoint() const { return m_endpoint; }

    /// `problem` is why there is no description.
    void setDescription(const EndpointDescription &description, const QString &problem);
    /// Shows this choice; does not emit edited().
    void setChoice(const QString &model, const AdapterChoice &adapter);

    [[nodiscard]] const AdapterChoice &adapter() const { return m_adapter; }

    [[nodiscard]] int style() const { return int(m_description.adapterStyle); }

    [[nodiscard]] int count() const { return int(m_rows.size()); }

    [[nodiscard]] QStringList models() const { return modelsOf(m_description); }

    /// The ids of the models that a server lists, adapters apart.
    [[nodiscard]] static QStringList modelsOf(const EndpointDescription &description);
    [[nodiscard]] QString reason() const;

    [[nodiscard]] QString model() const { return m_model; }

    void setModel(const QString &model);
    [[nodiscard]] QString adapterLabel() const;

    [[nodiscard]] QString adapterId() const { return m_adapter.id; }

    [[nodiscard]] QString adapterSource() const { return m_adapter.source; }

    [[nodiscard]] QStringList sources() const { return sourcesOf(m_provider); }

    /// Where servers of this dialect take adapters from, the usual first.
    [[nodiscard]] static QStringList sourcesOf(const QString &provider);
    [[nodiscard]] QStringList recent() const;
    /// Where this adapter was taken from last, else where one usually is.
    [[nodiscard]] QString sourceOf(const QString &id) const;
    [[nodiscard]] bool canMerge() const;

    [[nodiscard]] bool isMerged() const { return m_adapter.merged.has_value(); }

    /// The adapters the server told of that go with the chosen model.
    [[nodiscard]] const QList<AdapterInfo> &rows() const { return m_rows; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

    /// An adapter by its id, from where it was used before; empty: the base model.
    Q_INVOKABLE void choose(const QString &id);
    /// The same with a source, as LoRAX takes it. Both are remembered among the recent ones.
    Q_INVOKABLE void chooseFrom(const QString &id, const QString &source);
    /// Several at once, as LoRAX merges them.
    void merge(const MergedAdapters &adapters, const QString &source);
    /// A model, an adapter, or both, as they were found in a ChoiceList.
    void take(const TurnChoice &choice);
    /// llama.cpp: one scale for the next requests. The others keep what they have.
    Q_INVOKABLE void setScale(int row, double scale);
    /// Leaves the scales to the server.
    Q_INVOKABLE void resetScales();

Q_SIGNALS:
    void descriptionChanged();
    void choiceChanged();
    void recentChanged();
    /// A person chose something else.
    void edited();

private:
    void listRows();
    void decide(const AdapterChoice &choice);
    [[nodiscard]] std::optional<double> chosenScale(const AdapterInfo &info) const;

    Preferences &m_preferences;
    QUuid m_endpoint;
    QString m_provider;
    EndpointDescription m_description;
    QString m_problem;
    QList<AdapterInfo> m_rows;
    QString m_model;
    AdapterChoice m_adapter;
};

} // namespace Lorikeet
