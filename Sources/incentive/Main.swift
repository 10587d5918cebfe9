import CommandLine
import Glibc

@main
struct Main {
  static func main() {
    exit(CommandLineMain.run(Array(Swift.CommandLine.arguments.dropFirst())))
  }
}
