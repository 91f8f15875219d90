using FaceAttributes.Cli;
using rclcs;
using VisionNodes;

// The command line twin of the viewer's REST interface: the node's own pipeline on picture files.

return args is [] or ["--help" or "-h", ..] or ["classify", "--help" or "-h", ..]
    ? ShowHelp()
    : Rclcs.Run(ClassifyCommand.Program, args, context => ClassifyCommand.Run(context, Console.Out, Console.Error), VisionProgram.Describe);

static int ShowHelp()
{
    Console.WriteLine(ClassifyCommand.Help);
    return 0;
}
