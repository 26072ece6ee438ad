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
        if(NOT LORIKEET_SANITIZE_LINKED)
            target_compile_options(${target}
                PRIVATE -fsanitize=${LORIKEET_SANITIZE} -fno-sanitize-recover=all)
        endif()
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

# lorikeet_test(NAME [SOURCES …] [LIBRARIES …] [DEFINITIONS …] [DEPENDS …] [LABELS …] [ENVIRONMENT …]
#     [TIMEOUT s] [LAUNCHER program] [SERIAL] [ALONE]):
# a Qt Test program, run by LAUNCHER if there is one. Without SOURCES it is NAME.cpp. With
# LORIKEET_UNITY those of a folder are one program, which takes the test's name as its first
# argument, and a few of them one translation unit: most of a test's compilation is Qt's headers. The
# target NAME then builds that program. What cannot stand in a namespace (a test with a namespace or
# a meta type of its own) or needs a target of its own says ALONE.
function(lorikeet_test name)
    cmake_parse_arguments(arg "SERIAL;ALONE" "TIMEOUT;LAUNCHER"
        "SOURCES;LIBRARIES;DEFINITIONS;DEPENDS;LABELS;ENVIRONMENT" ${ARGN})
    if(NOT arg_SOURCES)
        set(arg_SOURCES ${name}.cpp)
    endif()
    if(LORIKEET_UNITY AND NOT arg_ALONE)
        lorikeet_test_program(program)
        set(command ${program} ${name})
        add_custom_target(${name} DEPENDS ${program})
        list(REMOVE_ITEM arg_SOURCES ${name}.cpp)
        set_property(TARGET ${program} APPEND PROPERTY LORIKEET_TESTS ${name})
    else()
        set(program ${name})
        set(command ${name})
        add_executable(${name} ${arg_SOURCES})
        if(NOT arg_SOURCES MATCHES "[.]h(;|$)")
            # Nothing is in it, and to read the precompiled header for nothing takes a second.
            set_source_files_properties(${CMAKE_CURRENT_BINARY_DIR}/${name}_autogen/mocs_compilation.cpp
                PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
        endif()
        lorikeet_test_settings(${name})
        lorikeet_test_pch(${name} "${arg_LIBRARIES}")
    endif()
    get_target_property(sources ${program} SOURCES)
    list(REMOVE_ITEM arg_SOURCES ${sources})
    target_sources(${program} PRIVATE ${arg_SOURCES})
    target_link_libraries(${program} PRIVATE ${arg_LIBRARIES})
    target_compile_definitions(${program} PRIVATE ${arg_DEFINITIONS})
    if(arg_DEPENDS)
        add_dependencies(${program} ${arg_DEPENDS})
    endif()
    list(POP_FRONT command)
    add_test(NAME ${name} COMMAND ${arg_LAUNCHER} $<TARGET_FILE:${program}> ${command})
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

function(lorikeet_test_settings program)
    lorikeet_settings(${program})
    # The QTRY macros of Qt 6.8 narrow a count of milliseconds wherever they are used.
    target_compile_options(${program} PRIVATE -Wno-conversion)
    target_link_libraries(${program} PRIVATE Lorikeet::Core Lorikeet::TestSupport Qt6::Test)
    if(LORIKEET_SANITIZE MATCHES thread)
        target_sources(${program} PRIVATE $<TARGET_OBJECTS:lorikeet_threadedges>)
    endif()
endfunction()

# A precompiled header serves whoever has all the definitions it was made with, more do no harm.
function(lorikeet_test_pch program libraries)
    if(libraries MATCHES "Lorikeet::(App|Samples)|lorikeet_desktop")
        target_precompile_headers(${program} REUSE_FROM lorikeet_apptestpch)
    else()
        target_precompile_headers(${program} REUSE_FROM lorikeet_testpch)
    endif()
endfunction()

# Sets OUT to the program of this folder's tests, and makes it where there is none yet.
function(lorikeet_test_program out)
    file(RELATIVE_PATH place ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    string(REPLACE / _ program ${place})
    set(${out} ${program} PARENT_SCOPE)
    if(TARGET ${program})
        return()
    endif()
    add_executable(${program} ${CMAKE_CURRENT_BINARY_DIR}/${program}.cpp)
    lorikeet_test_settings(${program})
    target_include_directories(${program}
        PRIVATE ${CMAKE_CURRENT_SOURCE_DIR} ${CMAKE_CURRENT_BINARY_DIR})
    cmake_language(EVAL CODE "cmake_language(DEFER CALL lorikeet_finish_test_program ${program})")
endfunction()

# When all tests of a folder are known: their translation units, and the main() that chooses one.
function(lorikeet_finish_test_program program)
    find_package(Python3 REQUIRED COMPONENTS Interpreter)
    # To the compiler the tests are headers of their unit, and nothing of a header should be unnamed.
    target_compile_options(${program} PRIVATE -Wno-subobject-linkage)
    get_target_property(libraries ${program} LINK_LIBRARIES)
    lorikeet_test_pch(${program} "${libraries}")
    get_target_property(tests ${program} LORIKEET_TESTS)
    set(python ${PROJECT_SOURCE_DIR}/packaging)
    set(declared "")
    set(listed "")
    set(number 0)
    while(tests)
        # So many compile quickly enough after a change of one.
        set(group "")
        foreach(place RANGE 1 8)
            list(POP_FRONT tests test)
            list(APPEND group ${test})
        endforeach()
        set(files "")
        foreach(test IN LISTS group)
            set(file ${CMAKE_CURRENT_SOURCE_DIR}/${test}.cpp)
            list(APPEND files ${file})
            # By itself, which takes a twentieth of what AUTOMOC would.
            add_custom_command(OUTPUT ${test}.moc
                COMMAND Qt6::moc -o ${test}.moc ${file} DEPENDS ${file} VERBATIM)
            target_sources(${program} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/${test}.moc)
            string(APPEND declared "namespace ${test} { int main_${test}(int, char **); }\n")
            string(APPEND listed "    {\"${test}\", ${test}::main_${test}},\n")
        endforeach()
        set(unit ${CMAKE_CURRENT_BINARY_DIR}/${program}_${number}.cpp)
        add_custom_command(OUTPUT ${unit}
            COMMAND ${Python3_EXECUTABLE} ${python}/cmake/testunit.py ${unit} ${files}
            DEPENDS ${files} ${python}/cmake/testunit.py ${python}/translationunits.py VERBATIM)
        set_source_files_properties(${unit} PROPERTIES SKIP_AUTOGEN ON)
        target_sources(${program} PRIVATE ${unit})
        math(EXPR number "${number} + 1")
    endwhile()
    set(main ${CMAKE_CURRENT_BINARY_DIR}/${program}.cpp)
    set_source_files_properties(${main} PROPERTIES SKIP_AUTOGEN ON SKIP_PRECOMPILE_HEADERS ON)
    file(CONFIGURE OUTPUT ${main} @ONLY CONTENT [[
// Runs the test that its first argument names.
#include <cstdio>
#include <cstring>

@declared@
struct Test
{
    const char *name;
    int (*run)(int, char **);
};

const Test tests[] = {
@listed@};

int main(int argc, char *argv[])
{
    for (const Test &test : tests) {
        if (argc > 1 && std::strcmp(argv[1], test.name) == 0) {
            // To the test its name is the program's: its settings and folders go by it.
            return test.run(argc - 1, argv + 1);
        }
    }
    std::fprintf(stderr, "Say which test to run:\n");
    for (const Test &test : tests) {
        std::fprintf(stderr, "  %s\n", test.name);
    }
    return 2;
}
]])
    # Headers with Q_OBJECT among the sources are still its matter.
    get_target_property(sources ${program} SOURCES)
    if(NOT sources MATCHES "[.]h(;|$)")
        set_target_properties(${program} PROPERTIES AUTOMOC OFF)
    endif()
endfunction()
