#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What the command line asks for.
struct Options
{
    std::string command;             // listen or publish
    std::string type;                // image or faces
    std::string topic;               // ROS name with its namespace: /camera/image_raw
    std::string file;                // publish: the picture, a binary PPM
    std::uint32_t domain = 0;        // DDS domain
    int count = 1;                   // messages to receive or send, then end
    double rate = 10;                // publish: messages a second
    double seconds = 30;             // give up after this long
    bool best_effort = false;        // instead of reliable
    bool loopback = false;           // the loopback interface alone
};

// Nothing where the command line is wrong.
std::optional<Options> parse_options(const std::vector<std::string>& arguments);

extern const char* const usage;
