// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include "commandline.h"
#include "compare/lane.h"

#include <QMap>
#include <QObject>

namespace Lorikeet {

class ApiClient;

/// What one --lane says.
struct WantedLane
{
    QString adapter; ///< "base", an id or a name
    QString endpoint; ///< as --endpoint
    QString model;
    QString system;
    QStringList parameters; ///< NAME=VALUE
    QString spec; ///< as written
};

/// What lanes ask with, but for their adapters, which --lane says.
[[nodiscard]] QList<OptionHelp> laneAskOptions();

/// All that --lane says, what it leaves open as the other options say; none where it is not given.
[[nodiscard]] Result<QList<WantedLane>> wantedLanes(const CommandLine &line);

/// Finds the endpoints that lanes name, asks each what adapters it has, and makes the lanes.
class LaneFinder final : public QObject
{
    Q_OBJECT

public:
    /// `client` outlives this.
    LaneFinder(const CommandLine &line, ApiClient &client, QObject *parent);

    /// With none wanted, the base model and all adapters of --endpoint, at least `least` in all.
    /// `bound` are a template's parameters, which hold where a lane says nothing else.
    void find(const QList<WantedLane> &wanted, const ParameterSet &bound, qsizetype least);

Q_SIGNALS:
    // One of them, once.

    /// The requests have no message but a system message where the lane has one of its own.
    void found(const QList<Lorikeet::Lane> &lanes);
    void failed(const Lorikeet::ApiError &error);

private:
    /// Who is there.
    struct Found
    {
        Target target;
        EndpointDescription description;
    };

    void findNext();
    void onFound(const QString &endpoint, const Found &there);
    [[nodiscard]] Result<ChatRequest> requestOf(
        const WantedLane &wanted, const Target &target) const;
    [[nodiscard]] Result<QList<Lane>> makeLanes() const;

    CommandLine m_line;
    ApiClient &m_client;
    QList<WantedLane> m_wanted;
    ParameterSet m_bound;
    qsizetype m_least = 1;
    QMap<QString, Found> m_found; ///< by what was given as endpoint
};

} // namespace Lorikeet
