using FaceAttributes.Evaluation;
using OpenCvSharp;

// Measures a model on the data sets with what the node runs: its crop, its network, its detector.
//
//   dotnet run -c Release --project src/Evaluate -- models/emotion.yaml --data DIR

// There is a worker for each processor.
Cv2.SetNumThreads(1);
return EvaluateCommand.Run(args, Console.Out, Console.Error);
