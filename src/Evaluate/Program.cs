using FaceAttributes.Evaluation;

// Measures a model on the data sets with what the node runs: its crop, its network, its detector.
//
//   dotnet run -c Release --project src/Evaluate -- models/emotion.yaml --data DIR

return EvaluateCommand.Run(args, Console.Out, Console.Error);
