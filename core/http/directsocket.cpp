// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "http/directsocket.h"

#include <QFile>

#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <unistd.h>

namespace Lorikeet {

namespace {

#ifdef MSG_NOSIGNAL
constexpr int withoutSignal = MSG_NOSIGNAL;
#else
constexpr int withoutSignal = 0; // a property of the socket there
#endif

void set(int descriptor, int level, int option, int value = 1)
{
    ::setsockopt(descriptor, level, option, &value, sizeof value);
}

/// Of a system call that gave a size or -1.
DirectSocket::Outcome outcomeOf(ssize_t result)
{
    if (result >= 0) {
        return {.size = result};
    }
    const int error = errno;
    if (error == EAGAIN || error == EWOULDBLOCK || error == EINTR || error == EINPROGRESS) {
        return {.mustWait = true};
    }
    return {.error = error};
}

quint32 scopeOf(const QString &name)
{
    const unsigned index = ::if_nametoindex(name.toLocal8Bit().constData());
    return index != 0 ? index : name.toUInt();
}

template<typename Address>
DirectSocket::Outcome connectSocket(int descriptor, const Address &address)
{
    return outcomeOf(
        ::connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address));
}

} // namespace

DirectSocket::~DirectSocket()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

DirectSocket &DirectSocket::operator=(DirectSocket &&other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

int DirectSocket::open(int family)
{
    m_descriptor = ::socket(family, SOCK_STREAM, 0);
    if (m_descriptor < 0) {
        return errno;
    }
    ::fcntl(m_descriptor, F_SETFL, O_NONBLOCK);
    ::fcntl(m_descriptor, F_SETFD, FD_CLOEXEC);
#ifdef SO_NOSIGPIPE
    set(m_descriptor, SOL_SOCKET, SO_NOSIGPIPE);
#endif
    if (family != AF_UNIX) {
        set(m_descriptor, IPPROTO_TCP, TCP_NODELAY);
        // What stands between forgets a connection on which nothing comes, often after a few
        // minutes, and a long prompt takes longer.
        set(m_descriptor, SOL_SOCKET, SO_KEEPALIVE);
#ifdef TCP_KEEPIDLE
        set(m_descriptor, IPPROTO_TCP, TCP_KEEPIDLE, 60);
#elif defined(TCP_KEEPALIVE)
        set(m_descriptor, IPPROTO_TCP, TCP_KEEPALIVE, 60);
#endif
#ifdef TCP_KEEPINTVL
        set(m_descriptor, IPPROTO_TCP, TCP_KEEPINTVL, 60);
#endif
    }
    return 0;
}

DirectSocket::Outcome DirectSocket::connectTo(const QHostAddress &address, quint16 port)
{
    const bool isIpv6 = address.protocol() == QAbstractSocket::IPv6Protocol;
    if (const int error = open(isIpv6 ? AF_INET6 : AF_INET); error != 0) {
        return {.error = error};
    }
    if (!isIpv6) {
        sockaddr_in target{};
        target.sin_family = AF_INET;
        target.sin_port = htons(port);
        target.sin_addr.s_addr = htonl(address.toIPv4Address());
        return connectSocket(m_descriptor, target);
    }
    sockaddr_in6 target{};
    target.sin6_family = AF_INET6;
    target.sin6_port = htons(port);
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    std::memcpy(&target.sin6_addr, &bytes, sizeof target.sin6_addr);
    if (!address.scopeId().isEmpty()) {
        target.sin6_scope_id = scopeOf(address.scopeId());
    }
    return connectSocket(m_descriptor, target);
}

DirectSocket::Outcome DirectSocket::connectTo(const QString &path)
{
    sockaddr_un target{};
    const QByteArray name = QFile::encodeName(path);
    if (size_t(name.size()) >= sizeof target.sun_path) {
        return {.error = ENAMETOOLONG};
    }
    if (const int error = open(AF_UNIX); error != 0) {
        return {.error = error};
    }
    target.sun_family = AF_UNIX;
    std::memcpy(target.sun_path, name.constData(), size_t(name.size()));
    return connectSocket(m_descriptor, target);
}

int DirectSocket::connectError() const
{
    int error = 0;
    socklen_t size = sizeof error;
    ::getsockopt(m_descriptor, SOL_SOCKET, SO_ERROR, &error, &size);
    return error;
}

DirectSocket::Outcome DirectSocket::read(std::span<char> room) const
{
    return outcomeOf(::recv(m_descriptor, room.data(), room.size(), 0));
}

DirectSocket::Outcome DirectSocket::write(QByteArrayView first, QByteArrayView second) const
{
    const auto part = [](QByteArrayView bytes) {
        return iovec{const_cast<char *>(bytes.data()), size_t(bytes.size())};
    };
    std::array<iovec, 2> parts{part(first), part(second)};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    return outcomeOf(::sendmsg(m_descriptor, &message, withoutSignal));
}

bool DirectSocket::isQuiet() const
{
    char byte = 0;
    return outcomeOf(::recv(m_descriptor, &byte, 1, MSG_PEEK)).mustWait;
}

ApiError::Kind connectFailureKind(int error)
{
    switch (error) {
    case ECONNREFUSED:
    case ENOENT: // a UNIX socket that is not there
        return ApiError::Kind::Refused;
    case EMFILE:
    case ENFILE:
    case ENOMEM:
    case ENOBUFS:
        return ApiError::Kind::Internal;
    default:
        return ApiError::Kind::Unreachable;
    }
}

} // namespace Lorikeet
