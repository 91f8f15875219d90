// Sends or receives images by Cyclone DDS's C API, as its own examples do: a wait set, and a loaned sample at a time.
#include "Image.h"
#include "dds/dds.h"
#include "measure.h"

typedef sensor_msgs_msg_dds__Image_ Image;

// Ends the program where a call of the library fails.
static dds_entity_t check(dds_entity_t result)
{
  if (result < 0) {
    fprintf(stderr, "ddsc_peer: %s\n", dds_strretcode(result));
    exit(1);
  }
  return result;
}

static dds_entity_t create_waitset(dds_entity_t participant, dds_entity_t entity)
{
  dds_entity_t waitset = check(dds_create_waitset(participant));
  check(dds_waitset_attach(waitset, entity, 0));
  return waitset;
}

static void wait_for_match(dds_entity_t participant, dds_entity_t entity, uint32_t status)
{
  check(dds_set_status_mask(entity, status));
  dds_entity_t waitset = create_waitset(participant, entity);
  check(dds_waitset_wait(waitset, NULL, 0, DDS_INFINITY));
  check(dds_delete(waitset));
  say_ready();
}

static void send_images(dds_entity_t participant, dds_entity_t topic, const dds_qos_t * qos, char ** args)
{
  dds_entity_t writer = check(dds_create_writer(participant, topic, qos, NULL));
  wait_for_match(participant, writer, DDS_PUBLICATION_MATCHED_STATUS);
  uint32_t size = pixels_of(args[0]);
  double rate = atof(args[1]);
  int count = atoi(args[2]);
  Image image = {.header.frame_id = "", .encoding = ""};
  image.data._buffer = calloc(size, 1);
  image.data._length = image.data._maximum = size;
  wait_for_word();
  int64_t start = now();
  int64_t busy = 0;
  for (int i = 0; i < count; i++) {
    if (i == count / 2) {
      busy = used();
    }
    wait_for_turn(start, rate, i);
    int64_t stamp = now();
    image.header.stamp.sec = (int32_t)(stamp / NANOSECONDS_PER_SECOND);
    image.header.stamp.nanosec = (uint32_t)(stamp % NANOSECONDS_PER_SECOND);
    image.height = (uint32_t)i;
    check(dds_write(writer, &image));
  }
  printf("%" PRId64 "\n", used() - busy);
  fflush(stdout);
  wait_for_word();
}

static void receive_images(dds_entity_t participant, dds_entity_t topic, const dds_qos_t * qos, char ** args)
{
  dds_entity_t reader = check(dds_create_reader(participant, topic, qos, NULL));
  struct record record = start_record(atoi(args[1]));
  wait_for_match(participant, reader, DDS_SUBSCRIPTION_MATCHED_STATUS);
  check(dds_set_status_mask(reader, DDS_DATA_AVAILABLE_STATUS));
  dds_entity_t waitset = create_waitset(participant, check(dds_create_readcondition(reader, DDS_ANY_STATE)));
  for (int done = 0; !done;) {
    check(dds_waitset_wait(waitset, NULL, 0, DDS_INFINITY));
    void * sample = NULL;
    dds_sample_info_t info;
    while (!done && check(dds_take(reader, &sample, &info, 1, 1)) > 0) {
      const Image * image = sample;
      if (info.valid_data) {
        done = note(&record, image->height, image->header.stamp.sec, image->header.stamp.nanosec);
      }
      check(dds_return_loan(reader, &sample, 1));
    }
  }
}

int main(int argc, char ** argv)
{
  if (argc < 4) {
    fprintf(stderr, "usage: ddsc_peer send PAYLOAD RATE COUNT | receive PAYLOAD COUNT\n");
    return 2;
  }
  const char * domain = getenv("ROS_DOMAIN_ID");
  dds_entity_t participant =
    check(dds_create_participant(domain == NULL ? 0 : (dds_domainid_t)atoi(domain), NULL, NULL));
  dds_qos_t * qos = dds_create_qos();
  dds_qset_reliability(qos, DDS_RELIABILITY_RELIABLE, DDS_INFINITY);
  dds_qset_history(qos, DDS_HISTORY_KEEP_ALL, 0);
  dds_entity_t topic =
    check(dds_create_topic(participant, &sensor_msgs_msg_dds__Image__desc, "there", qos, NULL));
  if (strcmp(argv[1], "send") == 0) {
    send_images(participant, topic, qos, argv + 2);
  } else {
    receive_images(participant, topic, qos, argv + 2);
  }
  dds_delete_qos(qos);
  check(dds_delete(participant));
  return 0;
}
