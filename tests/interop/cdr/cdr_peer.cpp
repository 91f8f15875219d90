// Fast CDR's view of the messages that tests/Rclcs.Tests compares:
//   cdr_peer write little|big TYPE   writes the sample of that type to stdout, as CDR of that byte order
//   cdr_peer echo TYPE               reads CDR from stdin into that type and writes it again, little-endian
// TYPE is every_kind, image or faces.

#include "samples.h"

#include <fastcdr/Cdr.h>
#include <fastcdr/FastBuffer.h>
#include <fastcdr/exceptions/Exception.h>

#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

using eprosima::fastcdr::Cdr;
using eprosima::fastcdr::FastBuffer;

namespace {

constexpr std::size_t largest_message = 65536;
constexpr int failure = 1;
constexpr int wrong_use = 2;

template <typename Message>
void write(const Message& message, Cdr::Endianness endianness)
{
    // Fast CDR leaves padding as it finds it: zeros, so that outputs can be compared.
    std::vector<char> bytes(largest_message);
    FastBuffer buffer(bytes.data(), bytes.size());
    Cdr cdr(buffer, endianness, Cdr::DDS_CDR);
    cdr.serialize_encapsulation();
    message.serialize(cdr);
    std::cout.write(buffer.getBuffer(), static_cast<std::streamsize>(cdr.getSerializedDataLength()));
}

template <typename Message>
void echo()
{
    std::vector<char> bytes(std::istreambuf_iterator<char>(std::cin), {});
    FastBuffer buffer(bytes.data(), bytes.size());
    Cdr cdr(buffer, Cdr::DEFAULT_ENDIAN, Cdr::DDS_CDR);
    cdr.read_encapsulation();
    Message message;
    message.deserialize(cdr);
    write(message, Cdr::LITTLE_ENDIANNESS);
}

struct Type
{
    std::function<void(Cdr::Endianness)> write_sample;
    std::function<void()> echo;
};

template <typename Message>
Type type_of(Message (*sample)())
{
    return {[sample](Cdr::Endianness endianness) { write(sample(), endianness); }, echo<Message>};
}

int run(const std::vector<std::string>& arguments)
{
    const std::map<std::string, Type> types = {
        {"every_kind", type_of(every_kind)},
        {"image", type_of(image)},
        {"faces", type_of(faces)},
    };

    if (arguments.size() == 3 && arguments[0] == "write" && types.count(arguments[2]) > 0)
        types.at(arguments[2]).write_sample(arguments[1] == "big" ? Cdr::BIG_ENDIANNESS : Cdr::LITTLE_ENDIANNESS);
    else if (arguments.size() == 2 && arguments[0] == "echo" && types.count(arguments[1]) > 0)
        types.at(arguments[1]).echo();
    else
    {
        std::cerr << "usage: cdr_peer write little|big TYPE | cdr_peer echo TYPE; TYPE: every_kind, image, faces\n";
        return wrong_use;
    }

    return std::cout.flush() ? 0 : failure;
}

}  // namespace

int main(int argc, char* argv[])
{
    try
    {
        return run({argv + 1, argv + argc});
    }
    catch (const eprosima::fastcdr::exception::Exception& exception)
    {
        std::cerr << "Fast CDR: " << exception.what() << "\n";
        return failure;
    }
}
