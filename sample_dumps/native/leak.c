#include <pthread.h>
#include <stdlib.h>
#include <string.h>
static void *kept[4000];
__attribute__((noinline)) void *keep_page(int i) { void *p = malloc(4096 + 512 * (i % 9)); memset(p, 1, 4096); return p; }
__attribute__((noinline)) void fill_cache(int from, int to) { for (int i = from; i < to; i++) kept[i] = keep_page(i); }
__attribute__((noinline)) void parse(void) { for (int i = 0; i < 2000; i++) { char *p = malloc(20000); p[0] = 1; free(p); } }
static void *worker(void *arg) { fill_cache(2000, 4000); parse(); return arg; }
int main(void) { pthread_t t; fill_cache(0, 2000); parse(); pthread_create(&t, 0, worker, 0); pthread_join(t, 0); return kept[0] == 0; }
