/*
 * Linked into the native program for Linux.
 *
 * Where the system gives too little memory for the runtime to start (ulimit -v 180000), it ends with 255 and no word
 * before anything of ours runs, one time in two at some sizes. No command ends with 255; so who does is told why, and
 * gets the code of what may work later.
 *
 * Before anything of ours runs, the runtime unpacks its types, 4 MB, into
 * zeroed memory of the program, page by page: a thousand page faults, a fifth of the time of "voiceclean --version".
 * Here the system is asked for these pages at once, large ones where it has them. Advice: where it is not taken,
 * everything is as without.
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23        /* Linux 5.14 */
#endif

extern char __bss_start[], _end[];    /* by the linker: where zeroed memory begins and ends */

#ifdef __GLIBC__
static void say_why(int status, void *unused)
{
    static const char text[] = "voiceclean: The program could not start; most likely there is too little memory"
                               " (ulimit -v).\n";
    (void)unused;
    if ((status & 0xff) == 255)
    {
        ssize_t written = write(STDERR_FILENO, text, sizeof text - 1);
        (void)written;
        _exit(75);        /* EX_TEMPFAIL */
    }
}

__attribute__((constructor)) static void listen_to_the_end(void)
{
    on_exit(say_why, NULL);
}
#endif

__attribute__((constructor)) static void take_pages(void)
{
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    uintptr_t from = ((uintptr_t)__bss_start + page - 1) & ~(page - 1), to = (uintptr_t)_end & ~(page - 1);
    if (to > from)
    {
        madvise((void *)from, to - from, MADV_HUGEPAGE);
        madvise((void *)from, to - from, MADV_POPULATE_WRITE);
    }
}
