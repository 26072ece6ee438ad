# SPDX-FileCopyrightText: 2026 The Lorikeet developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Settings common to everything built here, and the functions that declare tests.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# lorikeet_settings(TARGET): warnings, strictness, sanitizers.
function(lorikeet_settings target)
    target_compile_definitions(${target} PRIVATE
        QT_NO_CONTEXTLESS_CONNECT QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS
        QT_NO_FOREACH QT_NO_URL_CAST_FROM_STRING QT_DISABLE_DEPRECATED_UP_TO=0x060800
        LORIKEET_VERSION="${PROJECT_VERSION}")
    target_compile_options(${target} PRIVATE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
        -Woverloaded-virtual
        # Designated initialisers leave members out on purpose.
        -Wno-missing-field-initializers)
    if(LORIKEET_WERROR)
        target_compile_options(${target} PRIVATE -Werror)
    endif()
    if(LORIKEET_SANITIZE)
        target_compile_options(${target} PRIVATE -fsanitize=${LORIKEET_SANITIZE} -fno-sanitize-recover=all)
        target_link_options(${target} PRIVATE -fsanitize=${LORIKEET_SANITIZE})
    endif()
    if(LORIKEET_FUZZ)
        target_compile_options(${target} PRIVATE -fsanitize=fuzzer-no-link)
    endif()
endfunction()

# lorikeet_unity(TARGET): with LORIKEET_UNITY, several files of TARGET are compiled as one, in a
# fraction of the time. That each file includes what it needs is seen by clang-tidy, and by the
# presets without it. To be called when TARGET has all of its sources.
function(lorikeet_unity target)
    if(NOT LORIKEET_UNITY)
        return()
    endif()
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    list(FILTER sources EXCLUDE REGEX "^${CMAKE_BINARY_DIR}/")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${sources})
    execute_process(
        COMMAND ${Python3_EXECUTABLE} ${PROJECT_SOURCE_DIR}/packaging/cmake/unitygroups.py ${sources}
        WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
        OUTPUT_VARIABLE groups COMMAND_ERROR_IS_FATAL ANY OUTPUT_STRIP_TRAILING_WHITESPACE)
    string(REPLACE "\n" ";" groups "${groups}")
    foreach(line IN LISTS groups)
        string(REGEX MATCH "^([0-9]+) (.*)$" line "${line}")
        set_source_files_properties(${CMAKE_MATCH_2} TARGET_DIRECTORY ${target}
            PROPERTIES UNITY_GROUP unit${CMAKE_MATCH_1})
    endforeach()
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()

# lorikeet_program(TARGET): a program that lands in build/bin.
function(lorikeet_program target)
    lorikeet_settings(${target})
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${LORIKEET_BIN_DIR}")
endfunction()

# lorikeet_test(NAME [SOURCES …] [LIBRARIES …] [LABELS …] [ENVIRONMENT …] [TIMEOUT s]
#     [LAUNCHER program] [SERIAL]):
# a Qt Test program, run by LAUNCHER if there is one. Without SOURCES it is NAME.cpp.
function(lorikeet_test name)
    cmake_parse_arguments(arg "SERIAL" "TIMEOUT;LAUNCHER" "SOURCES;LIBRARIES;LABELS;ENVIRONMENT;ARGUMENTS" ${ARGN})
    if(NOT arg_SOURCES)
        set(arg_SOURCES ${name}.cpp)
    endif()
    add_executable(${name} ${arg_SOURCES})
    if(NOT arg_SOURCES MATCHES "[.]h(;|$)")
        # Nothing is in it, and to read the precompiled header for nothing takes a second.
        set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp
            PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
    lorikeet_settings(${name})
    # The QTRY macros of Qt 6.8 narrow a count of milliseconds wherever they are used.
    target_compile_options(${name} PRIVATE -Wno-conversion)
    target_link_libraries(${name} PRIVATE Lorikeet::Core Lorikeet::TestSupport Qt6::Test ${arg_LIBRARIES})
    if(LORIKEET_SANITIZE MATCHES thread)
        target_sources(${name} PRIVATE $<TARGET_OBJECTS:lorikeet_threadedges>)
    endif()
    # A precompiled header serves whoever has all the definitions it was made with, more do no harm.
    if(arg_LIBRARIES MATCHES "Lorikeet::(App|Samples)|lorikeet_desktop")
        target_precompile_headers(${name} REUSE_FROM lorikeet_apptestpch)
    else()
        target_precompile_headers(${name} REUSE_FROM lorikeet_testpch)
    endif()
    add_test(NAME ${name} COMMAND ${arg_LAUNCHER} $<TARGET_FILE:${name}> ${arg_ARGUMENTS})
    # Tests never see the user's own keys, settings or display.
    set_tests_properties(${name} PROPERTIES
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;QT_QUICK_BACKEND=software;QT_FORCE_STDERR_LOGGING=1;LC_ALL=C.UTF-8;no_proxy=*;LSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tests/support/lsan.supp:print_suppressions=0;TSAN_OPTIONS=ignore_noninstrumented_modules=1:suppressions=${PROJECT_SOURCE_DIR}/tests/support/tsan.supp:print_suppressions=0;${arg_ENVIRONMENT}")
    if(arg_TIMEOUT)
        set_tests_properties(${name} PROPERTIES TIMEOUT ${arg_TIMEOUT})
    else()
        set_tests_properties(${name} PROPERTIES TIMEOUT 300)
    endif()
    if(arg_LABELS)
        set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}")
    endif()
    if(arg_SERIAL)
        set_tests_properties(${name} PROPERTIES RUN_SERIAL ON)
    endif()
endfunction()
