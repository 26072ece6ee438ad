// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QJsonValue>
#include <QList>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <optional>

namespace Lorikeet {

/// The parameters a person set, by the server's own names. One that was not touched is not here
/// and not sent, so that the server's default holds. A whole number beyond 63 bits (a seed may
/// have 64), which QJsonValue cannot hold, is its digits as text.
using ParameterSet = QMap<QString, QJsonValue>;

/// What one server does with one parameter: the data behind a slider, behind `--param` and behind
/// the checks before sending. From the protocol notes, never from memory.
struct ParameterSpec
{
    enum class Type { Number, Integer, Boolean, Text, TextList, Choice, Json };
    enum class Fate {
        Honoured,
        Ignored, ///< accepted without a word and without effect
        Client, ///< never sent as such: it changes how the request is made here
    };

    QString name; ///< as on the wire, e.g. "repeat_penalty"
    Type type = Type::Number;
    QString group; ///< "Sampling", "Length", "Penalties", "Output", "Advanced"
    QString help; ///< one sentence
    std::optional<double> minimum;
    std::optional<double> maximum;
    bool minimumExcluded = false; ///< the minimum itself is refused
    bool maximumExcluded = false;
    double step = 0.01; ///< of a slider
    /// The range a slider spans where the server's is unbounded.
    std::optional<double> sliderMaximum;
    QJsonValue serverDefault; ///< null: not known, or it depends on the model
    QStringList choices;
    Fate fate = Fate::Honoured;

    /// Nothing if the value may be sent; else one sentence that says what is wrong.
    [[nodiscard]] std::optional<QString> check(const QJsonValue &value) const;
    /// The value a person typed as text ("0.7", "true", "a,b"), in this parameter's JSON type.
    [[nodiscard]] std::optional<QJsonValue> parse(const QString &text) const;
};

using ParameterSpecs = QList<ParameterSpec>;

[[nodiscard]] const ParameterSpec *findParameter(const ParameterSpecs &specs, QStringView name);

/// What the dialects call the limit of output tokens, the commonest first.
[[nodiscard]] const QStringList &outputLimitNames();
/// The one that a server takes; empty if it takes none.
[[nodiscard]] QString outputLimitName(const ParameterSpecs &specs);

/// What the dialects call the seed of sampling.
[[nodiscard]] const QStringList &seedNames();
/// A seed as it is set. Nothing where it is none, or negative, which leaves it to chance.
[[nodiscard]] std::optional<quint64> seedIn(const QJsonValue &value);
/// Beyond 63 bits its digits; see ParameterSet.
[[nodiscard]] QJsonValue seedValue(quint64 seed);
/// With another seed, where there is one: the one so many behind.
[[nodiscard]] ParameterSet withSeedAfter(ParameterSet parameters, qint64 count);

} // namespace Lorikeet

Q_DECLARE_METATYPE(Lorikeet::ParameterSpec)
