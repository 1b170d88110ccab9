/*
 * Linked into the native program for Linux. Runs before anything of ours, and before the runtime begins.
 */
#define _GNU_SOURCE
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23        /* Linux 5.14 */
#endif

#define LARGE_PAGE 0x200000           /* on x86-64, and on arm64 with base pages of 4 KB */
#define TEXT(number) TEXT_OF(number)
#define TEXT_OF(number) #number

extern char __bss_start[];            /* by the linker: where zeroed memory begins */

/*
 * A piece of the section in which the runtime unpacks its types, behind theirs: it has the section begin and end with a
 * large page, wherever the system puts the program. Nothing of it is in the file.
 */
extern char types_end[];
__asm__(".pushsection .hydrated,\"aw\",@nobits\n"
        ".balign " TEXT(LARGE_PAGE) "\n"
        "types_end: .zero 1\n"
        ".popsection");

/*
 * The runtime unpacks its types, more than 3 MB, into zeroed memory of the program, page by page: a thousand page
 * faults, a fifth of the time of "voiceclean --version". Here the system is asked for these pages at once, large ones
 * where it has them. Advice: where it is not taken, everything is as without.
 */
static void take_pages(void)
{
    uintptr_t large = LARGE_PAGE, to = (uintptr_t)types_end,
              from = ((uintptr_t)__bss_start + large - 1) & ~(large - 1);
    if (to > from)
    {
        madvise((void *)from, to - from, MADV_HUGEPAGE);
        madvise((void *)from, to - from, MADV_POPULATE_WRITE);
    }
}

#ifdef __GLIBC__
/*
 * Where the system gives too little memory for the runtime to start (ulimit -v 180000), it ends with 255 and no word
 * before anything of ours runs, one time in two at some sizes. No command ends with 255; so who does is told why, and
 * gets the code of what may work later.
 */
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

/*
 * Where addresses are limited they belong to the samples: the runtime would reserve half of all for its heap, the C
 * library 64 MB for each thread that allocates, and 8 MB for the stack of each. Regions of 1 MB instead of 4 leave
 * fewer gaps in a small heap. Whoever has set a variable is not contradicted.
 */
static void spare_addresses(void)
{
    const rlim_t much = (rlim_t)16 << 30, least = (rlim_t)192 << 20;
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur > much)
        return;
    rlim_t heap = limit.rlim_cur / 6 < least ? least : limit.rlim_cur / 6;
    if (heap < limit.rlim_cur / 2)
    {
        char hex[20];
        snprintf(hex, sizeof hex, "%llx", (unsigned long long)heap & ~0xFFFFFull);
        setenv("DOTNET_GCRegionRange", hex, 0);
        setenv("DOTNET_GCRegionSize", "100000", 0);
    }

    mallopt(M_ARENA_MAX, 1);
    pthread_attr_t attributes;
    if (pthread_attr_init(&attributes) == 0)
    {
        if (pthread_attr_setstacksize(&attributes, 1536 << 10) == 0)      /* what the runtime has on musl */
            pthread_setattr_default_np(&attributes);
        pthread_attr_destroy(&attributes);
    }
}
#endif

__attribute__((constructor)) static void begin(void)
{
    take_pages();
#ifdef __GLIBC__
    on_exit(say_why, NULL);
    spare_addresses();
#endif
}
