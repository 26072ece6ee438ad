// SPDX-FileCopyrightText: 2026 The Lorikeet developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Qt is not built with the thread sanitizer, which therefore does not see that a posted event is
// handed over under Qt's lock: that what one thread did before it posted comes before what the
// other does when it receives. Without these edges it reports every such hand-over as a race. Only
// in tests under that sanitizer.
//
// Whoever posts an event makes it by `new` first, with all that goes with it ready by then; whoever
// gets one is told of by Qt. Between the two all threads share one edge. That is more than there
// is, so a race may be missed where memory was got, and an event received, between its two sides;
// what really runs at the same time is still found.

#include <qnamespace.h>

#include <cstdarg>
#include <cstdlib>
#include <new>

#include <dlfcn.h>
#include <sanitizer/tsan_interface.h>
#include <sys/syscall.h>

namespace {

char edge = 0;

bool receive(void **)
{
    __tsan_acquire(&edge);
    return false;
}

[[maybe_unused]] const bool isTold
    = QInternal::registerCallback(QInternal::EventNotifyCallback, receive);

} // namespace

void *operator new(std::size_t size)
{
    __tsan_release(&edge);
    if (void *memory = std::malloc(size > 0 ? size : 1)) {
        return memory;
    }
    throw std::bad_alloc();
}

void operator delete(void *memory) noexcept { std::free(memory); }

void operator delete(void *memory, std::size_t) noexcept { std::free(memory); }

/// Through here Qt waits, as for a blocking call, and wakes those that wait.
extern "C" long syscall(long number, ...)
{
    using Call = long (*)(long, ...);
    static const Call real = reinterpret_cast<Call>(dlsym(RTLD_NEXT, "syscall"));
    va_list list;
    va_start(list, number);
    long values[6];
    for (long &value : values) {
        value = va_arg(list, long);
    }
    va_end(list);
    if (number != SYS_futex) {
        return real(number, values[0], values[1], values[2], values[3], values[4], values[5]);
    }
    __tsan_release(&edge);
    const long result
        = real(number, values[0], values[1], values[2], values[3], values[4], values[5]);
    __tsan_acquire(&edge);
    return result;
}
