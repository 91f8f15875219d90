# Sourced by the scripts here. The programs are those of 'dotnet build --configuration Release src/src.slnf', just in time; or,
# as the ROS package has them, compiled ahead of time, of the folder PROGRAMS: WORKSPACE/install/face_attributes/lib/face_attributes.

# path PROJECT PROGRAM: where a program is.
path() {
    echo "${PROGRAMS:-$root/artifacts/bin/$1/release}/$2"
}

# hear SECONDS [ARGUMENT]...: a camera with these arguments sends for so long; what a listener of the faces has measured at its end.
hear() {
    local seconds=$1 listener
    shift
    "$(path FaceListener face_listener)" --ros-args -r faces:=/face_attributes/faces > "$ROS_LOG_DIR/listener" 2> /dev/null &
    listener=$!
    "$(path ReplayCamera replay_camera)" --ros-args -r __ns:=/camera -p "duration:=$seconds.0" "$@" > /dev/null 2>&1
    kill -TERM "$listener"
    wait "$listener"
    tail -n 1 "$ROS_LOG_DIR/listener" | sed -n 's/.*\(messages=.*\)/\1/p'
}

root=$(dirname "$(realpath "${BASH_SOURCE[0]}")")/../..
export ROS_AUTOMATIC_DISCOVERY_RANGE=LOCALHOST ROS_DOMAIN_ID=$((RANDOM % 100 + 1)) ROS_LOG_DIR
ROS_LOG_DIR=$(mktemp -d)
trap 'kill -TERM $(jobs -p) 2> /dev/null || true; wait; rm -rf "$ROS_LOG_DIR"' EXIT
