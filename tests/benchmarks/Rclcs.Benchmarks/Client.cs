namespace rclcs.Benchmarks;

/// <summary>One of those that are compared: a program that sends and receives.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Program">Path of the program.</param>
/// <param name="Environment">Variables for it, besides those of this process.</param>
internal sealed record Client(string Name, string Program, params (string Name, string Value)[] Environment);
