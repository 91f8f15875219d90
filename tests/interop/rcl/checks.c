#include "checks.h"

#include <malloc.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GUARD_BYTE = 0xA7, FREED_BYTE = 0xDD };

typedef struct {
  uint64_t size;
  uint8_t guard[GUARD - sizeof(uint64_t)];
} header;

static const char * const NAMES[] = {
  "init options", "context", "node", "publisher", "subscription", "service", "client", "guard condition", "wait set", "event"};

pthread_mutex_t checks_lock = PTHREAD_MUTEX_INITIALIZER;
object * objects;

static uint64_t calls, faults, live_blocks, numbers;

void fault(const char * format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  fputs("rcl: fault: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  faults++;
}

void enter(void)
{
  pthread_mutex_lock(&checks_lock);
  calls++;
}

void leave(const int * unused)
{
  (void)unused;
  pthread_mutex_unlock(&checks_lock);
}

bool all(const void * memory, uint8_t value, size_t size)
{
  const uint8_t * bytes = memory;
  for (size_t i = 0; i < size; i++) {
    if (bytes[i] != value) {
      return false;
    }
  }
  return true;
}

// Called by allocators too, which are called with and without the lock: hence the atomic counter.
void * guarded_alloc(size_t size)
{
  header * block = malloc(sizeof(header) + size + GUARD);
  if (block == NULL) {
    abort();
  }
  block->size = size;
  memset(block->guard, GUARD_BYTE, sizeof block->guard);
  uint8_t * data = (uint8_t *)(block + 1);
  memset(data, 0, size);
  memset(data + size, GUARD_BYTE, GUARD);
  __atomic_add_fetch(&live_blocks, 1, __ATOMIC_SEQ_CST);
  return data;
}

void guarded_free(void * data)
{
  if (data == NULL) {
    return;
  }
  header * block = (header *)data - 1;
  if (!all(block->guard, GUARD_BYTE, sizeof block->guard)) {
    fault("a block that is freed was not allocated here, or written before its begin, or freed before");
    return;
  }
  if (!all((uint8_t *)data + block->size, GUARD_BYTE, GUARD)) {
    fault("a block of %zu bytes was written beyond its end", (size_t)block->size);
  }
  memset(block, FREED_BYTE, sizeof(header) + block->size + GUARD);
  free(block);
  __atomic_sub_fetch(&live_blocks, 1, __ATOMIC_SEQ_CST);
}

void * guarded_realloc(void * data, size_t size)
{
  void * larger = guarded_alloc(size);
  if (data != NULL) {
    size_t old = ((header *)data - 1)->size;
    memcpy(larger, data, old < size ? old : size);
    guarded_free(data);
  }
  return larger;
}

char * guarded_text(const char * text)
{
  return strcpy(guarded_alloc(strlen(text) + 1), text);
}

static object * look_up(const void * structure)
{
  object * found = objects;
  while (found != NULL && found->structure != structure) {
    found = found->next;
  }
  return found;
}

object * begin(kind kind, void * structure, size_t size, object * parent)
{
  if (look_up(structure) != NULL) {
    fault("a %s is initialized that is in use", NAMES[kind]);
  } else if (malloc_usable_size(structure) < size + GUARD) {
    fault("a %s has no room: it takes %zu bytes, and some to guard it", NAMES[kind], size);
    abort();
  } else if (!all(structure, 0, size + GUARD)) {
    fault("a %s is initialized that was not zeroed", NAMES[kind]);
  }
  object * created = guarded_alloc(sizeof(object));
  created->kind = kind;
  created->structure = structure;
  created->size = size;
  created->parent = parent;
  created->number = ++numbers;
  created->next = objects;
  objects = created;
  if (parent != NULL) {
    parent->children++;
  }

  // Filled to the last byte, as if all fields were in use; then the guard.
  memset(structure, GUARD_BYTE ^ 0xFF, size);
  memset((uint8_t *)structure + size, GUARD_BYTE, GUARD);
  seal(created);
  return created;
}

void seal(object * object)
{
  memcpy(object->snapshot, object->structure, object->size);
}

object * find(kind kind, const void * structure)
{
  object * found = look_up(structure);
  if (found == NULL || found->kind != kind) {
    fault("something is used as a %s that is none, or none any more", NAMES[kind]);
    return NULL;
  }
  if (memcmp(found->snapshot, structure, found->size) != 0) {
    fault("a %s was written to by another than rcl", NAMES[kind]);
  }
  if (!all((const uint8_t *)structure + found->size, GUARD_BYTE, GUARD)) {
    fault("bytes behind a %s were written", NAMES[kind]);
  }
  return found;
}

bool end(kind kind, void * structure, const void * parent)
{
  object * ended = find(kind, structure);
  if (ended == NULL) {
    return false;
  }
  if (parent != NULL && (ended->parent == NULL || ended->parent->structure != parent)) {
    fault("a %s is finalized with another parent than it was made from", NAMES[kind]);
  }
  if (ended->children != 0) {
    fault("a %s is finalized before %d of its own", NAMES[kind], ended->children);
  }
  if (ended->waits != 0) {
    fault("a %s is finalized while rcl_wait waits for it", NAMES[kind]);
  }
  if (ended->parent != NULL) {
    ended->parent->children--;
  }
  object ** link = &objects;
  while (*link != ended) {
    link = &(*link)->next;
  }
  *link = ended->next;
  while (ended->messages != NULL) {
    message * dropped = ended->messages;
    ended->messages = dropped->next;
    guarded_free(dropped->data);
    guarded_free(dropped);
  }
  guarded_free(ended->name);
  guarded_free(ended->name_space);
  memset(structure, 0, ended->size);
  guarded_free(ended);
  return true;
}

void finish(const char * distribution)
{
  for (const object * left = objects; left != NULL; left = left->next) {
    fault("a %s was never finalized", NAMES[left->kind]);
  }
  if (live_blocks != 0) {
    fault("%zu blocks were never freed", (size_t)live_blocks);
  }
  fprintf(stderr, "rcl of %s: %zu calls, %zu faults\n", distribution, (size_t)calls, (size_t)faults);
}
