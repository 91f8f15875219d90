#!/usr/bin/env bash
# OpenCvSharp4.official.runtime.linux-x64 4.13.0.20260627 has an FFmpeg that is built with --disable-network: VideoCapture plays files,
# but opens no http:// and no rtsp:// address, whatever answers there. Cv2.GetBuildInformation says only "FFMPEG: YES", and the call
# gives no reason: IsOpened is just false. OpenCV's own builds, Debian's among them, open such addresses.
#
# Seen: a video that OpenCV has written itself, as a file and from a server on loopback that is asked for nothing:
#   FFMPEG: YES
#   file: opened
#   http: not opened, 0 requests
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > probe.csproj << 'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <NoWarn>CA2022</NoWarn>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="OpenCvSharp4" Version="4.13.0.20260627" />
    <PackageReference Include="OpenCvSharp4.official.runtime.linux-x64" Version="4.13.0.20260627" />
  </ItemGroup>
</Project>
PROJECT
cat > Program.cs << 'PROGRAM'
using System.Net;
using System.Net.Sockets;
using OpenCvSharp;

using (var writer = new VideoWriter("video.avi", FourCC.MJPG, 10, new Size(64, 48)))
using (var picture = new Mat(48, 64, MatType.CV_8UC3, Scalar.All(90)))
{
    for (var i = 0; i < 10; i++)
        writer.Write(picture);
}

var requests = 0;
var server = new TcpListener(IPAddress.Loopback, 0);
server.Start();
var port = ((IPEndPoint)server.LocalEndpoint).Port;
_ = Task.Run(async () =>
{
    while (true)
    {
        using var client = await server.AcceptTcpClientAsync();
        Interlocked.Increment(ref requests);
        var video = File.ReadAllBytes("video.avi");
        var stream = client.GetStream();
        await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {video.Length}\r\nConnection: close\r\n\r\n"));
        await stream.WriteAsync(video);
    }
});

var line = Cv2.GetBuildInformation().Split('\n').First(text => text.Contains("FFMPEG:"));
Console.WriteLine($"FFMPEG: {line.Split(':')[1].Trim()}");
using var file = new VideoCapture("video.avi", VideoCaptureAPIs.FFMPEG);
Console.WriteLine($"file: {(file.IsOpened() ? "opened" : "not opened")}");
using var http = new VideoCapture($"http://127.0.0.1:{port}/video.avi", VideoCaptureAPIs.FFMPEG);
Console.WriteLine($"http: {(http.IsOpened() ? "opened" : "not opened")}, {requests} requests");
PROGRAM

dotnet run --configuration Release --verbosity quiet 2> /dev/null | tee seen
diff - seen << 'EXPECTED'
FFMPEG: YES
file: opened
http: not opened, 0 requests
EXPECTED
