// Sends or receives images as rclcpp's own examples do: a publisher, and a subscription on a spinning node.
#include <chrono>
#include <cstdio>
#include <memory>
#include <string>
#include <thread>

#include <rclcpp/rclcpp.hpp>
#include <sensor_msgs/msg/image.hpp>

#include "measure.h"

using Image = sensor_msgs::msg::Image;

namespace
{
template<typename Condition>
void wait_until(Condition condition)
{
  while (rclcpp::ok() && !condition()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  say_ready();
}

void send(char ** args)
{
  auto node = std::make_shared<rclcpp::Node>("sender");
  auto publisher = node->create_publisher<Image>("there", rclcpp::QoS(rclcpp::KeepAll()).reliable());
  wait_until([&] {return publisher->get_subscription_count() > 0;});
  Image image;
  image.data.resize(pixels_of(args[0]));
  const double rate = std::atof(args[1]);
  const int count = std::atoi(args[2]);
  wait_for_word();
  const std::int64_t start = now();
  std::int64_t busy = 0;
  for (int i = 0; i < count; ++i) {
    if (i == count / 2) {
      busy = used();
    }
    wait_for_turn(start, rate, i);
    const std::int64_t stamp = now();
    image.header.stamp.sec = static_cast<std::int32_t>(stamp / NANOSECONDS_PER_SECOND);
    image.header.stamp.nanosec = static_cast<std::uint32_t>(stamp % NANOSECONDS_PER_SECOND);
    image.height = static_cast<std::uint32_t>(i);
    publisher->publish(image);
  }
  std::printf("%" PRId64 "\n", used() - busy);
  std::fflush(stdout);
  wait_for_word();
}

void receive(char ** args)
{
  auto node = std::make_shared<rclcpp::Node>("receiver");
  rclcpp::executors::SingleThreadedExecutor executor;
  record record = start_record(std::atoi(args[1]));
  auto subscription = node->create_subscription<Image>(
    "there", rclcpp::QoS(rclcpp::KeepAll()).reliable(),
    [&](Image::ConstSharedPtr image) {
      if (note(&record, image->height, image->header.stamp.sec, image->header.stamp.nanosec)) {
        executor.cancel();
      }
    });
  wait_until([&] {return subscription->get_publisher_count() > 0;});
  executor.add_node(node);
  executor.spin();
}
}  // namespace

int main(int argc, char ** argv)
{
  if (argc < 4) {
    std::fprintf(stderr, "usage: rclcpp_peer send PAYLOAD RATE COUNT | receive PAYLOAD COUNT\n");
    return 2;
  }
  rclcpp::init(argc, argv);
  if (std::string(argv[1]) == "send") {
    send(argv + 2);
  } else {
    receive(argv + 2);
  }
  rclcpp::shutdown();
  return 0;
}
