#include "ppm.h"

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace {

// The next number of the header, behind white space and comments.
std::uint32_t read_number(std::istream& file)
{
    while ((file >> std::ws).peek() == '#')
        file.ignore(1 << 16, '\n');

    std::uint32_t number = 0;
    file >> number;
    return number;
}

}  // namespace

sensor_msgs::msg::dds_::Image_ read_ppm(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string magic;
    file >> magic;
    sensor_msgs::msg::dds_::Image_ image;
    image.encoding("rgb8");
    image.width(read_number(file));
    image.height(read_number(file));
    const auto largest = read_number(file);
    file.get();
    if (!file || magic != "P6" || largest != 255)
        throw std::runtime_error(path + " is no binary PPM with 8 bits a channel");

    image.step(image.width() * 3);
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(image.step()) * image.height());
    file.read(reinterpret_cast<char*>(pixels.data()), static_cast<std::streamsize>(pixels.size()));
    if (!file)
        throw std::runtime_error(path + " ends before its last pixel");

    image.data(std::move(pixels));
    return image;
}
