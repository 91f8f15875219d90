// What the peers have in common, in C and C++: the clock, the pace, and what they say to the program that starts them.
// Their arguments are "send PAYLOAD RATE COUNT" and "receive PAYLOAD COUNT", see Measurement.cs.
#pragma once

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NANOSECONDS_PER_SECOND INT64_C(1000000000)

static inline int64_t read_clock(clockid_t clock)
{
  struct timespec time;
  clock_gettime(clock, &time);
  return time.tv_sec * NANOSECONDS_PER_SECOND + time.tv_nsec;
}

// The time that all processes of the machine share.
static inline int64_t now(void) { return read_clock(CLOCK_MONOTONIC); }

// What this process has used of the processors.
static inline int64_t used(void) { return read_clock(CLOCK_PROCESS_CPUTIME_ID); }

// The length of the pixels.
static inline uint32_t pixels_of(const char * payload)
{
  return strcmp(payload, "image") == 0 ? 640 * 480 * 3 : strcmp(payload, "large") == 0 ? 1280 * 960 * 3 : 20;
}

static inline void say_ready(void)
{
  puts("ready");
  fflush(stdout);
}

// Waits for a line on standard input, or for its end.
static inline void wait_for_word(void)
{
  int character;
  do {
    character = getchar();
  } while (character != '\n' && character != EOF);
}

static inline void wait_for_turn(int64_t start, double rate, int turn)
{
  if (rate <= 0) {
    return;
  }
  int64_t due = start + (int64_t)(turn * 1e9 / rate);
  struct timespec time = {due / NANOSECONDS_PER_SECOND, due % NANOSECONDS_PER_SECOND};
  clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &time, NULL);
}

// What was received; the first half is warm-up.
struct record
{
  int64_t * ages;
  int count;
  int received;
  int64_t start;
  int64_t busy;
};

static inline struct record start_record(int count)
{
  struct record record = {(int64_t *)calloc((size_t)count, sizeof(int64_t)), count, 0, 0, 0};
  return record;
}

// Notes a message. Returns whether it was the last one; then the record has been printed.
static inline int note(struct record * record, uint32_t number, int32_t seconds, uint32_t nanoseconds)
{
  if (number != (uint32_t)record->received) {
    fprintf(stderr, "Message %" PRIu32 " came where %d was expected.\n", number, record->received);
    exit(1);
  }
  record->ages[record->received++] = now() - (seconds * NANOSECONDS_PER_SECOND + nanoseconds);
  if (record->received == record->count / 2) {
    record->start = now();
    record->busy = used();
  }
  if (record->received < record->count) {
    return 0;
  }
  printf("%" PRId64 " %" PRId64 " nan", used() - record->busy, now() - record->start);
  for (int i = record->count / 2; i < record->count; i++) {
    printf(" %" PRId64, record->ages[i]);
  }
  puts("");
  fflush(stdout);
  return 1;
}
