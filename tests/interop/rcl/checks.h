// What is checked of those who call: memory with guard bytes around it, and structures that are initialized once, used
// while they live, and finalized before what they were made from.
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { GUARD = 16, MAX_STRUCTURE = 128 };

typedef enum { INIT_OPTIONS, CONTEXT, NODE, PUBLISHER, SUBSCRIPTION, SERVICE, CLIENT, GUARD_CONDITION, WAIT_SET, EVENT } kind;

typedef struct message {
  struct message * next;
  uint8_t * data;
  size_t length;
  uint8_t id[24];
} message;

// What is known of a structure that the caller has made.
typedef struct object {
  struct object * next;
  kind kind;
  void * structure;
  size_t size;
  uint8_t snapshot[MAX_STRUCTURE];
  struct object * parent;
  int children;
  int waits;
  char * name;
  char * name_space;
  const void * type;
  void * graph_condition;
  uint8_t qos[88];
  uint64_t number;
  message * messages;
  bool triggered;
  int event_type;
  int event_count;
  int event_change;
  int64_t sequence;
} object;

// Held by every function but rcl_wait while it waits.
extern pthread_mutex_t checks_lock;

// Says what is wrong; the run has failed then.
void fault(const char * format, ...) __attribute__((format(printf, 1, 2)));

// Counts a call, and takes the lock until the caller's block ends.
void enter(void);
void leave(const int * unused);
#define ENTER enter(); const int entered __attribute__((cleanup(leave), unused)) = 0

// Memory with guard bytes on both sides, which are looked at when it is freed.
void * guarded_alloc(size_t size);
void * guarded_realloc(void * block, size_t size);
void guarded_free(void * block);
char * guarded_text(const char * text);

// Whether all bytes are of a value.
bool all(const void * memory, uint8_t value, size_t size);

// Notes a structure that is being initialized: zeroed memory of the heap, with room for it. Contents must be set after.
object * begin(kind kind, void * structure, size_t size, object * parent);

// The structure has its contents now, which nobody else may change until sealed anew.
void seal(object * object);

// Finds a live structure and looks whether it is as it was sealed; null after a fault.
object * find(kind kind, const void * structure);

// Ends a structure, whose parent must be the one that is given, if any is.
bool end(kind kind, void * structure, const void * parent);

// All live objects, for loops.
extern object * objects;

// Nothing may be left now. Says how many calls there were, and faults.
void finish(const char * distribution);
