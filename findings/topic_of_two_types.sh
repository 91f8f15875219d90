#!/usr/bin/env bash
# Debian 12's Fast DDS (libfastrtps-dev 2.9.1+ds-1+deb12u2) and Cyclone DDS (cyclonedds-dev 0.10.2-2): may one process use a topic's name with two types? A
# node does when it subscribes to a camera's raw and compressed images and both are remapped to the same name. In Cyclone DDS each is a topic of its own and
# each reader gets its own type's samples; in Fast DDS the second topic of the participant is refused, and with it whatever was to be made of
# it. So a launch file that has worked on the one middleware ends the node on the other.
#
# Seen:
#   Cyclone DDS: topic 'image' of type First: created
#   Cyclone DDS: topic 'image' of type Second: created
#   Cyclone DDS: samples for the reader of First: 1, of Second: 1
#   Fast DDS: topic 'image' of type First: created
#   Fast DDS: topic 'image' of type Second: refused
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
packages="libfastrtps-dev=2.9.1+ds-1+deb12u2 cyclonedds-dev=0.10.2-2 cyclonedds-tools=0.10.2-2 gcc g++"
dpkg -s libfastrtps-dev cyclonedds-dev cyclonedds-tools gcc g++ > /dev/null 2>&1 || apt-get install --yes -qq $packages > /dev/null
cat > types.idl << 'IDL'
@final struct First { long value; };
@final struct Second { double value; };
IDL
cat > cyclone.c << 'PROGRAM'
#include <stdio.h>
#include "dds/dds.h"
#include "types.h"

int main(void)
{
  const char *loopback = "<CycloneDDS><Domain><General><Interfaces><NetworkInterface name=\"lo\"/></Interfaces></General></Domain></CycloneDDS>";
  dds_create_domain(57, loopback);
  dds_entity_t participant = dds_create_participant(57, NULL, NULL), readers[2], writers[2];
  const dds_topic_descriptor_t *types[] = { &First_desc, &Second_desc };
  for (int i = 0; i < 2; i++) {
    dds_entity_t topic = dds_create_topic(participant, types[i], "image", NULL, NULL);
    printf("Cyclone DDS: topic 'image' of type %s: %s\n", types[i]->m_typename, topic > 0 ? "created" : "refused");
    readers[i] = dds_create_reader(participant, topic, NULL, NULL);
    writers[i] = dds_create_writer(participant, topic, NULL, NULL);
  }
  First first = { 1 };
  Second second = { 2.5 };
  dds_write(writers[0], &first);
  dds_write(writers[1], &second);
  int found[2];
  for (int i = 0; i < 2; i++) {
    void *samples[4] = { NULL };
    dds_sample_info_t infos[4];
    found[i] = dds_take(readers[i], samples, infos, 4, 4);
  }
  printf("Cyclone DDS: samples for the reader of First: %d, of Second: %d\n", found[0], found[1]);
  return 0;
}
PROGRAM
cat > fast.cpp << 'PROGRAM'
#include <iostream>
#include <memory>
#include <fastdds/dds/domain/DomainParticipant.hpp>
#include <fastdds/dds/domain/DomainParticipantFactory.hpp>
#include <fastdds/dds/topic/TypeSupport.hpp>
#include <fastdds/rtps/transport/UDPv4TransportDescriptor.h>
#include <fastrtps/types/DynamicPubSubType.h>
#include <fastrtps/types/DynamicTypeBuilder.h>
#include <fastrtps/types/DynamicTypeBuilderFactory.h>
#include <fastrtps/types/DynamicTypeBuilderPtr.h>
namespace fast = eprosima::fastdds::dds;
using namespace eprosima::fastrtps::types;

static void add_type(fast::DomainParticipant* participant, const char* name)
{
  auto factory = DynamicTypeBuilderFactory::get_instance();
  auto builder = factory->create_struct_builder();
  builder->set_name(name);
  builder->add_member(0, "value", factory->create_int32_type());
  fast::TypeSupport(new DynamicPubSubType(builder->build())).register_type(participant);
}

int main()
{
  auto transport = std::make_shared<eprosima::fastdds::rtps::UDPv4TransportDescriptor>();
  transport->interfaceWhiteList.push_back("127.0.0.1");
  fast::DomainParticipantQos quality;
  quality.transport().use_builtin_transports = false;
  quality.transport().user_transports.push_back(transport);
  auto participant = fast::DomainParticipantFactory::get_instance()->create_participant(57, quality);
  for (auto name : {"First", "Second"}) {
    add_type(participant, name);
    auto topic = participant->create_topic("image", name, fast::TOPIC_QOS_DEFAULT);
    std::cout << "Fast DDS: topic 'image' of type " << name << ": " << (topic ? "created" : "refused") << std::endl;
  }
}
PROGRAM
idlc types.idl
gcc -o cyclone cyclone.c types.c -lddsc
g++ -o fast fast.cpp -lfastrtps -lfastcdr
{ ./cyclone 2> /dev/null; ./fast | grep '^Fast DDS: '; } | tee seen
diff - seen << 'EXPECTED'
Cyclone DDS: topic 'image' of type First: created
Cyclone DDS: topic 'image' of type Second: created
Cyclone DDS: samples for the reader of First: 1, of Second: 1
Fast DDS: topic 'image' of type First: created
Fast DDS: topic 'image' of type Second: refused
EXPECTED
