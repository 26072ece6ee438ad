// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The part of LoadController that goes on from a run that is over.

#include "endpointlistmodel.h"
#include "load/loadcontroller.h"
#include "loadresults/loadrecorder.h"

namespace Lorikeet {

void LoadController::startNew()
{
    if (!isRunning()) {
        m_problem.clear();
        setState(SettingUp);
    }
}

/// That an opened run asked, with what it asked besides. False: it is not known which that is.
bool LoadController::chooseSubject()
{
    const LoadWorkload &workload = m_profile.workload;
    const auto asks = [this, &workload](const Endpoint &endpoint, bool exactly) {
        LoadSubject subject = LoadSubject::from(endpoint);
        if (!exactly) {
            return subject.url == m_opened->url && subject.provider == m_opened->provider;
        }
        if (!workload.model.isEmpty()) {
            subject.model = workload.model;
        }
        return subject == *m_opened;
    };
    for (const bool exactly : {true, false}) {
        QList<Endpoint> found = m_services.endpoints.all();
        found.removeIf([&](const Endpoint &endpoint) { return !asks(endpoint, exactly); });
        if (found.size() > 1) {
            return false;
        }
        if (found.size() == 1) {
            ChatSetup setup = m_chat.setup();
            setup.endpoint = found.constFirst().id;
            setup.model = workload.model;
            setup.adapter = workload.adapter;
            setup.parameters = workload.parameters;
            setup.extraBody = workload.extraBody;
            setup.systemPrompt = workload.systemPrompt;
            m_chat.setSetup(setup);
            return true;
        }
    }
    return false;
}

void LoadController::runAgain()
{
    if (m_state != Done) {
        return;
    }
    const bool isKnown = !m_opened || chooseSubject();
    m_setup.setProfile(presetOf(m_profile));
    if (isKnown && m_setup.problem().isEmpty()) {
        start();
        return;
    }
    // A person looks whom it would ask, or what is wrong with it.
    startNew();
    Q_EMIT shown();
    if (!isKnown) {
        Q_EMIT failed(tr("It is not known which of the endpoints this run asked: choose one, then "
                         "start it."));
    }
}

} // namespace Lorikeet
